package io.github.fapipack.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.consent.ConsentServiceStub;
import io.github.fapipack.it.consent.LodgedConsent;
import io.github.fapipack.it.ecosystem.ConsentCarrier;
import io.github.fapipack.it.ecosystem.EcosystemRealm;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.TestServer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In each realm of an ecosystem, a third party gets tokens for a consent of the bank. */
@ExtendWith(ServerLogOnFailure.class)
class EcosystemFlowIT {
  private static final Harness HARNESS = Harness.fromSystemProperties();

  private ConsentServiceStub bank;
  private TestRealm realm;

  static List<String> realms() {
    return HARNESS.realmExports().stream()
        .map(Json::read)
        .map(export -> EcosystemRealm.of(HARNESS.root(), export))
        .flatMap(Optional::stream)
        .map(EcosystemRealm::name)
        .toList();
  }

  @BeforeEach
  void startBank() {
    bank = ConsentServiceStub.start(TestServer.get());
  }

  @AfterEach
  void stopBank() {
    bank.close();
    if (realm != null) {
      realm.close();
    }
  }

  private EcosystemRealm open(String name) {
    ObjectNode export = (ObjectNode) TestRealm.export(name);
    bank.realmAttributes().forEach(export.withObject("/attributes")::put);
    realm = TestRealm.create(export);
    return EcosystemRealm.of(HARNESS.root(), export).orElseThrow();
  }

  private LodgedConsent lodge(EcosystemRealm ecosystem, FapiClient client) {
    return bank.lodge(ConsentDraft.forAccounts(client.clientId()).id(ecosystem.carrier().newId()));
  }

  private Authorized authorize(EcosystemRealm ecosystem, FapiClient client, String consent) {
    return client
        .visit(EcosystemClient.par(client, ecosystem.carrier().parameters(consent)).expect())
        .as(TestRealm.USERNAME, realm.password())
        .expectCode();
  }

  @ParameterizedTest
  @MethodSource("realms")
  void tokensLiveAsLongAsTheConsent(String name) {
    EcosystemRealm ecosystem = open(name);
    FapiClient client = EcosystemClient.register(realm, ecosystem);
    LodgedConsent consent = lodge(ecosystem, client);

    Authorized authorized = authorize(ecosystem, client, consent.id());
    assertThat(consent.status()).isEqualTo("authorised");
    Tokens tokens = client.token(authorized).expect();
    client.verifiedIdToken(tokens, authorized.nonce());
    assertThat(tokens.confirmation("x5t#S256")).isNotNull();
    String carrying = ecosystem.carrier().carryingScope(consent.id());
    if (carrying != null) {
      assertThat(tokens.scope().split(" ")).contains(carrying);
    }
    Tokens refreshed = client.refresh(tokens).expect();
    assertThat(refreshed.refreshToken()).isEqualTo(tokens.refreshToken());
    JsonNode active = client.introspect(refreshed.accessToken()).expect();
    assertThat(active.path("active").asBoolean()).isTrue();
    assertThat(active.path("consent_id").asText()).isEqualTo(consent.id());

    bank.ended(consent.id()).send().expectStatus(202);
    client.refresh(tokens).expectError("invalid_grant");
  }

  @ParameterizedTest
  @MethodSource("realms")
  void aRequestNeedsAConsentOfItsClient(String name) {
    EcosystemRealm ecosystem = open(name);
    FapiClient client = EcosystemClient.register(realm, ecosystem);
    LodgedConsent foreign =
        bank.lodge(ConsentDraft.forAccounts("somebody-else").id(ecosystem.carrier().newId()));

    EcosystemClient.par(client, ConsentCarrier.withoutConsent()).expectError("invalid_request");
    EcosystemClient.par(client, ecosystem.carrier().parameters(foreign.id()))
        .expectError("invalid_request");
    EcosystemClient.par(client, ecosystem.carrier().parameters(ecosystem.carrier().newId()))
        .expectError("invalid_request");
    LodgedConsent own = lodge(ecosystem, client).status("rejected");
    EcosystemClient.par(client, ecosystem.carrier().parameters(own.id()))
        .expectError("invalid_request");
  }

  @ParameterizedTest
  @MethodSource("realms")
  void theBankHearsThatTheUserRefuses(String name) {
    EcosystemRealm ecosystem = open(name);
    FapiClient client = EcosystemClient.register(realm, ecosystem);
    LodgedConsent consent = lodge(ecosystem, client);

    client
        .visit(EcosystemClient.par(client, ecosystem.carrier().parameters(consent.id())).expect())
        .as(TestRealm.USERNAME, realm.password())
        .refusingConsent()
        .expectError("access_denied");

    assertThat(consent.status()).isEqualTo("rejected");
  }
}
