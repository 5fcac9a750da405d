package io.github.fapipack.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.api.Test;

/** What strangers who apply, and members, can have the directory store and send. */
class PortalLimitsIT {
  @FapiRealm("fapi-directory")
  private static TestRealm realm;

  @Test
  void whoHasOnlyAppliedFillsNothingAndSendsNoMail() {
    PortalVisitor ann = new SchemeRealm(realm).person("ann").visitor("ann");
    String id = "";
    for (int i = 0; i < 3; i++) {
      id = ann.fill("apply", SchemeRealm.organisation("Applicant " + i)).id();
    }
    String organisation = "organisations/" + id;
    NamedValues secret =
        new NamedValues()
            .set("stateChecker", ann.open("apply").fields().get("stateChecker").orElseThrow());

    ann.fill("apply", SchemeRealm.organisation("Applicant 3"));
    assertThat(ann.status()).isEqualTo(429);
    assertThat(ann.words()).contains("wait for the operator");
    ann.post(organisation + "/people/invite", secret.set("email", "victim@example.org"));
    assertThat(ann.status()).isEqualTo(409);
    for (int i = 0; i < 5; i++) {
      assertThat(upload(ann, organisation)).isEqualTo(200);
    }
    assertThat(upload(ann, organisation)).isEqualTo(429);
  }

  private static int upload(PortalVisitor visitor, String organisation) {
    return visitor
        .open(organisation + "/proofs/upload")
        .upload(new NamedValues(), "proof.pdf", "application/pdf", "%PDF-1.7 x")
        .status();
  }

  @Test
  void anOrganisationPublishesSoManyKeysOnly() {
    JsonNode made =
        send(
                "organisations",
                Json.object().put("name", "Keys").put("number", "1").put("country", "DE"))
            .json();
    String keys = "organisations/" + made.path("id").asText() + "/keys";
    for (int i = 0; i < 20; i++) {
      assertThat(send(keys, key()).status()).isEqualTo(200);
    }
    assertThat(send(keys, key()).status()).isEqualTo(429);
  }

  private static JsonNode key() {
    return Json.object().put("key", SchemeRealm.publicKey(Keys.ec()));
  }

  private static AdminResponse send(String path, JsonNode body) {
    return realm.admin().send("POST", "/" + realm.name() + "/fapi/scheme/" + path, body);
  }
}
