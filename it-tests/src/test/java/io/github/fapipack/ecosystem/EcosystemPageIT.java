package io.github.fapipack.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.consent.ConsentServiceStub;
import io.github.fapipack.it.consent.LodgedConsent;
import io.github.fapipack.it.ecosystem.EcosystemRealm;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.TestServer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What single ecosystems want of pages and tokens. */
@ExtendWith(ServerLogOnFailure.class)
class EcosystemPageIT {
  private static final String INITIATION = "urn:openfinanceuae:service-initiation-consent:v2.1";
  private static final String SECRET = "OPAQUE-SECRET";
  private static final String INTENT = "openbanking_intent_id";

  private ConsentServiceStub bank;
  private TestRealm realm;
  private EcosystemRealm ecosystem;
  private FapiClient client;

  @BeforeEach
  void startBank() {
    bank = ConsentServiceStub.start(TestServer.get());
  }

  @AfterEach
  void stopBank() {
    bank.close();
    realm.close();
  }

  private void open(String name) {
    ObjectNode export = (ObjectNode) TestRealm.export(name);
    bank.realmAttributes().forEach(export.withObject("/attributes")::put);
    realm = TestRealm.create(export);
    ecosystem = EcosystemRealm.of(Harness.fromSystemProperties().root(), export).orElseThrow();
    client = EcosystemClient.register(realm, ecosystem);
  }

  private LodgedConsent lodge() {
    return bank.lodge(
        ConsentDraft.forAccounts(client.clientId())
            .id(ecosystem.carrier().newId())
            .purpose("es", "Ver todas las cuentas"));
  }

  private FrontChannelAnswer consentPage(LodgedConsent consent, Map<String, String> more) {
    Map<String, String> parameters = new HashMap<>(ecosystem.carrier().parameters(consent.id()));
    parameters.putAll(more);
    LoginPage browser = client.browser();
    FrontChannelAnswer login =
        browser.open(client.visit(EcosystemClient.par(client, parameters).expect()).address());
    return browser.logIn(login, TestRealm.USERNAME, realm.password());
  }

  @ParameterizedTest
  @CsvSource({
    "open-finance-ksa, , ar, rtl",
    "open-finance-brazil-fapi2, , pt-BR, ltr",
    "open-finance-uae, ar, ar, rtl",
    "open-banking-uk-fapi2, es-CL, es, ltr"
  })
  void thePageIsInTheLanguageOfTheEcosystemOrTheUser(
      String name, String asked, String language, String direction) {
    open(name);

    FrontChannelAnswer page =
        consentPage(lodge(), asked == null ? Map.of() : Map.of("ui_locales", asked));

    assertThat(page.page().select("html").attr("lang")).isEqualTo(language);
    assertThat(page.page().select("html").attr("dir"))
        .isIn(direction, direction.equals("ltr") ? "" : direction);
    if (language.equals("es")) {
      assertThat(page.words()).contains("Ver todas las cuentas");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"open-banking-uk", "open-banking-uk-fapi2"})
  void theIntentIsInEveryIdToken(String name) {
    open(name);
    LodgedConsent consent = lodge();

    Authorized authorized =
        client
            .visit(
                EcosystemClient.par(client, ecosystem.carrier().parameters(consent.id())).expect())
            .as(TestRealm.USERNAME, realm.password())
            .expectCode();

    if (ecosystem.isHybrid()) {
      assertThat(
              client
                  .verifiedIdToken(authorized.answer().parameter("id_token"), authorized.nonce())
                  .getStringClaim(INTENT))
          .isEqualTo(consent.id());
    }
    Tokens tokens = client.token(authorized).expect();
    assertThat(client.verifiedIdToken(tokens, authorized.nonce()).getStringClaim(INTENT))
        .isEqualTo(consent.id());
  }

  @Test
  void aRequestByValueNamesItsIntent() {
    open("open-banking-uk");
    LodgedConsent consent = lodge();
    Map<String, String> parameters = ecosystem.carrier().parameters(consent.id());

    Authorized authorized =
        client
            .visitByValue(
                object ->
                    object
                        .claim("scope", parameters.get("scope"))
                        .json("claims", parameters.get("claims")))
            .as(TestRealm.USERNAME, realm.password())
            .expectCode();

    client.token(authorized).expect();
    assertThat(consent.status()).isEqualTo("authorised");
    client
        .visitByValue(object -> object.claim("scope", parameters.get("scope")))
        .as(TestRealm.USERNAME, realm.password())
        .expectError("invalid_request");
  }

  @Test
  void whatOnlyTheBankCanReadIsNeitherShownNorLogged() {
    open("open-finance-uae");
    LodgedConsent consent = lodge();
    String details = ecosystem.carrier().details(INITIATION, consent.id());
    assertThat(details).contains(SECRET);
    Map<String, String> parameters =
        Map.of("scope", "openid payments", "authorization_details", details);

    FrontChannelAnswer page = consentPage(consent, parameters);
    assertThat(page.words()).contains("Invoice 1234", "100");
    assertThat(page.page().html()).doesNotContain(SECRET);

    for (String broken : new String[] {".OPAQUE-TAG", "\"ACM\""}) {
      HttpExchange refused =
          EcosystemClient.par(
                  client,
                  Map.of(
                      "scope",
                      "openid payments",
                      "authorization_details",
                      details.replace(broken, broken.startsWith(".") ? "" : "1")))
              .expectError("invalid_authorization_details");
      assertThat(refused.body()).doesNotContain(SECRET);
    }
    assertThat(TestServer.get().log()).doesNotContain(SECRET);
    assertThat(realm.admin().get("/" + realm.name() + "/events?max=100").toString())
        .doesNotContain(SECRET);
  }
}
