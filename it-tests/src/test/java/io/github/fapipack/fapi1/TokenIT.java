package io.github.fapipack.fapi1;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Access tokens are bound to a client certificate and to nothing else. */
class TokenIT {
  @FapiRealm("fapi1-advanced")
  private static TestRealm realm;

  private static Authorized authorized(FapiClient client) {
    return client.visitByValue(o -> {}).as(TestRealm.USERNAME, realm.password()).expectCode();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(
      by = "RequireSenderConstrainedToken",
      value = {"FAPI1-ADV 5.2.2-5", "FAPI1-ADV 5.2.2-6"})
  @Accepts(by = "RequireProofOfPossession", value = "FAPI1-ADV 8.2-p1")
  @Accepts("FAPI1-BASE 5.2.2-15")
  void bindsEveryTokenToTheCertificate(ClientOrigin origin) {
    FapiClient client = Fapi1Client.jarm(realm, origin);

    Tokens tokens = client.token(authorized(client)).expect();
    Tokens refreshed = client.refresh(tokens).expect();
    // A partial import makes no service account.
    Tokens own = origin == ClientOrigin.IMPORTED ? refreshed : client.clientCredentials().expect();

    for (Tokens each : List.of(tokens, refreshed, own)) {
      assertThat(each.confirmation("x5t#S256")).isNotNull();
      assertThat(each.confirmation("jkt")).isNull();
      assertThat(each.accessHeader().get("alg")).isIn("PS256", "ES256");
    }
    assertThat(tokens.scope()).isEqualTo("openid");
    client.userinfo(refreshed).expect();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(
      by = "RequireSenderConstrainedToken",
      value = {"FAPI1-ADV 5.2.2-5", "FAPI1-ADV 5.2.2-6"})
  void issuesNoTokenWithoutACertificate(ClientOrigin origin) {
    FapiClient client = Fapi1Client.hybrid(realm, origin);
    Authorized authorized = authorized(client);

    String said =
        client
            .token(authorized)
            .withoutCertificate()
            .expectError(400, "invalid_request")
            .errorDescription();
    assertThat(said).contains("FAPI1-ADV 5.2.2-5");
    client.clientCredentials().withoutCertificate().expectError(400, "invalid_request");
    Tokens tokens = client.token(authorized).expect(); // nothing was spent
    client.refresh(tokens).withoutCertificate().expectError(400, "invalid_request");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "RequireSenderConstrainedToken", value = "FAPI1-ADV 5.2.2-6")
  void bindsNothingToADpopKey(ClientOrigin origin) {
    FapiClient client = Fapi1Client.hybrid(realm, origin);
    FapiClient dpop = client.but().constraint(SenderConstraint.DPOP).build();
    Authorized authorized = authorized(client);

    dpop.par().expectError(400, "invalid_request");
    dpop.token(authorized).expectError(400, "invalid_request");
    dpop.token(authorized).withCertificate().expectError(400, "invalid_request");
    dpop.clientCredentials().withCertificate().expectError(400, "invalid_request");
    client.token(authorized).expect();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "RequireProofOfPossession", value = "FAPI1-ADV 8.2-p1")
  void servesUserinfoToTheOwnerOnly(ClientOrigin origin) {
    FapiClient client = Fapi1Client.hybrid(realm, origin);
    FapiClient thief = Fapi1Client.hybrid(realm, origin);
    Tokens tokens = client.token(authorized(client)).expect();

    client.userinfo(tokens).withoutCertificate().expectError(401, "invalid_token");
    thief.userinfo(tokens).expectError(401, "invalid_token");
    client.userinfo(tokens).expect();
  }

  @Test
  @Accepts("FAPI1-BASE 5.2.2-13")
  @Rejects("FAPI1-BASE 5.2.2-13")
  void takesACodeOnce() {
    FapiClient client = Fapi1Client.hybrid(realm, ClientOrigin.IMPORTED);
    Authorized authorized = authorized(client);

    client.token(authorized).expect();
    client.token(authorized).expectError(400, "invalid_grant");
  }

  @Test
  @Rejects(by = "RequireSenderConstrainedToken", value = "FAPI1-ADV 5.2.2-5")
  void servesNoOtherGrants() {
    FapiClient client = Fapi1Client.hybrid(realm, ClientOrigin.BEFORE_POLICY);

    for (String grant :
        List.of("password", "implicit", "urn:openid:params:grant-type:ciba", "nonsense")) {
      client.grant(grant).expectError(400, "unsupported_grant_type");
    }
  }
}
