package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.peer.SamlClient;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for another protocol than OpenID Connect get no unprotected assertion. */
class ProtocolIT {
  private static final String RULE = "fapi2-restrict-protocols";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient any;
  private static SamlClient old;

  @BeforeAll
  static void registerClient() {
    any = TestClient.in(realm).register();
    old = SamlClient.in(realm);
    realm.withoutPolicies(() -> realm.admin().createClient(realm.name(), old.registration()));
  }

  private static FrontChannelAnswer login(TestRealm in, URI address) {
    return any.browser().open(address, TestRealm.USERNAME, in.password(), true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"saml", "docker-v2", "oid4vc"})
  @Rejects(by = "RestrictProtocols", value = "FAPI2-SP 5.1.2-p3")
  void refusesToRegisterAClientOfAnotherProtocol(String protocol) {
    ObjectNode client = SamlClient.in(realm).registration().put("protocol", protocol);

    AdminResponse refusal = realm.admin().send("POST", "/" + realm.name() + "/clients", client);

    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.body()).contains(protocol.equals("saml") ? RULE : "protocol");
  }

  @Test
  @Rejects(by = "RestrictProtocols", value = "FAPI2-SP 5.1.2-p3")
  void refusesToMoveAClientToAnotherProtocol() {
    FapiClient client = TestClient.in(realm).register();
    ObjectNode stored = realm.admin().client(realm.name(), client.clientId());
    String path = "/" + realm.name() + "/clients/" + stored.path("id").asText();

    assertThat(realm.admin().send("PUT", path, stored.put("protocol", "saml")).status())
        .isEqualTo(400);
  }

  @Test
  @Rejects(by = "RestrictProtocols", value = "FAPI2-SP 5.1.2-p3")
  @Accepts(by = "RestrictProtocols", value = "FAPI2-SP 5.1.2-p3")
  void holdsInARealmFromBeforeTheRuleUnlessItHasSuchClients() {
    try (TestRealm older = TestRealm.create("fapi2-security-profile")) {
      ObjectNode profiles = older.admin().clientProfiles(older.name());
      without(profiles);
      older.admin().updateClientProfiles(older.name(), profiles);
      String clients = "/" + older.name() + "/clients";
      ObjectNode client = SamlClient.in(older).registration();

      assertThat(older.admin().send("POST", clients, client).status()).isEqualTo(400);
      older.withoutPolicies(() -> older.admin().createClient(older.name(), client));
      ObjectNode another = SamlClient.in(older).registration().put("clientId", "another");
      assertThat(older.admin().send("POST", clients, another).status()).isEqualTo(201);
    }
  }

  private static void without(ObjectNode profiles) {
    for (JsonNode list : profiles.findValues("executors")) {
      Iterator<JsonNode> executors = list.elements();
      while (executors.hasNext()) {
        if (executors.next().path("executor").asText().equals(RULE)) {
          executors.remove();
        }
      }
    }
  }

  @Test
  @Accepts(by = "RestrictProtocols", value = "FAPI2-SP 5.1.2-p3")
  void letsAnAdministratorSwitchSuchAClientOff() {
    SamlClient client = SamlClient.in(realm);
    realm.withoutPolicies(() -> realm.admin().createClient(realm.name(), client.registration()));
    ObjectNode stored = realm.admin().client(realm.name(), client.id());

    realm.admin().updateClient(realm.name(), stored.put("enabled", false));
  }

  @Test
  @Rejects(by = "RestrictProtocols", value = "FAPI2-SP 5.1.2-p3")
  void refusesARequestOfSaml() {
    login(realm, old.request()).expectErrorPage();
  }

  @Test
  @Rejects(by = "RestrictProtocols", value = "FAPI2-SP 5.1.2-p3")
  void refusesALoginThatBeginsAtTheServer() {
    assertThat(login(realm, old.startedByTheServer()).expectErrorPage().page().text())
        .contains("saml")
        .contains(RULE);
  }

  @Test
  @Rejects(by = "RestrictProtocols", value = "FAPI2-SP 5.1.2-p3")
  void refusesARequestInAnEnvelope() {
    HttpExchange answer =
        any.get(old.endpoint(), exchange -> exchange)
            .method("POST")
            .body("text/xml", old.soap())
            .send();

    // SOAP has no other status for a fault.
    assertThat(answer.body()).contains("Fault").doesNotContain("saml:Assertion");
  }

  @Test
  @Rejects(by = "RestrictProtocols", value = "FAPI2-SP 5.1.2-p3")
  void refusesWhatBeganBeforeTheRuleWasThere() {
    LoginPage browser = any.browser();
    FrontChannelAnswer[] shown = new FrontChannelAnswer[1];
    realm.withoutPolicies(() -> shown[0] = browser.open(old.request()));
    assertThat(LoginPage.asksForPassword(shown[0])).isTrue();

    FrontChannelAnswer answer = browser.logIn(shown[0], TestRealm.USERNAME, realm.password());

    answer.expectErrorPage();
    assertThat(answer.page().html()).doesNotContain("SAMLResponse");
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker-v2/auth?service=x", "oid4vc/credential", "nonsense/x"})
  @Rejects(by = "RestrictProtocols", value = "FAPI2-SP 5.1.2-p3")
  void servesNoOtherProtocolEither(String path) {
    HttpExchange answer =
        any.get(URI.create(realm.issuer() + "/protocol/" + path), exchange -> exchange).send();

    assertThat(answer.status()).isBetween(400, 499);
  }

  @Test
  @Accepts(by = "RestrictProtocols", value = "FAPI2-SP 5.1.2-p3")
  void servesAProtocolThatTheAdministratorAllows() {
    try (TestRealm lenient = TestRealm.create("fapi2-security-profile")) {
      allow(lenient, List.of("openid-connect", "saml"));
      SamlClient client = SamlClient.in(lenient);
      lenient.admin().createClient(lenient.name(), client.registration());

      for (URI address : List.of(client.request(), client.startedByTheServer())) {
        assertThat(login(lenient, address).page().html()).contains("SAMLResponse");
      }
    }
  }

  @Test
  void refusesAListWithoutOpenIdConnect() {
    ObjectNode profiles = realm.admin().clientProfiles(realm.name());
    set(profiles, List.of("saml"));

    AdminResponse refusal =
        realm.admin().send("PUT", "/" + realm.name() + "/client-policies/profiles", profiles);

    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.body()).contains("protocols");
  }

  private static void allow(TestRealm in, List<String> protocols) {
    ObjectNode profiles = in.admin().clientProfiles(in.name());
    set(profiles, protocols);
    in.admin().updateClientProfiles(in.name(), profiles);
  }

  private static void set(ObjectNode profiles, List<String> protocols) {
    for (JsonNode executors : profiles.findValues("executors")) {
      for (JsonNode executor : executors) {
        if (RULE.equals(executor.path("executor").asText())) {
          var list = ((ObjectNode) executor).withObject("/configuration").putArray("protocols");
          protocols.forEach(list::add);
        }
      }
    }
  }
}
