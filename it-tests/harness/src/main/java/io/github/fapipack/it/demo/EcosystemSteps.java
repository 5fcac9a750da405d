package io.github.fapipack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.Discovery;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.ecosystem.ConsentCarrier;
import io.github.fapipack.it.ecosystem.EcosystemRealm;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.HttpTransport;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A flow in the realm of an ecosystem, from the consent at the bank to its end. */
final class EcosystemSteps {
  private final FapiClient client;
  private final SampleClient sample;
  private final FlowReport report;
  private final JsonNode profile;
  private final ConsentCarrier carrier;
  private final BankConsents bank;
  private final FlowSteps steps;

  private EcosystemSteps(
      FapiClient client, SampleClient sample, FlowReport report, JsonNode profile) {
    this.client = client;
    this.sample = sample;
    this.report = report;
    this.profile = profile;
    this.carrier = new ConsentCarrier(profile.path("consent").path("reference"));
    this.bank =
        new BankConsents(
            sample.consents().orElseThrow(), new HttpTransport(sample.tls(null), false));
    this.steps = new FlowSteps(client, sample, true, report);
  }

  /** The steps of a client, in the way of its realm: hybrid where it offers that. */
  static EcosystemSteps of(FapiClient client, SampleClient sample, FlowReport report) {
    JsonNode metadata = client.discovery().exchange().json();
    boolean hybrid = metadata.path("response_types_supported").toString().contains("id_token");
    return new EcosystemSteps(
        client
            .but()
            .scope("openid " + ConsentCarrier.ACCOUNTS)
            .responseType(hybrid ? "code id_token" : "code")
            .responseMode(null)
            .signedIntrospection(false)
            .signsResources(false)
            .build(),
        sample,
        report,
        EcosystemRealm.profile(FlowOptions.root(), sample.ecosystem().orElseThrow()));
  }

  String name() {
    return profile.path("name").textValue();
  }

  /** Performs the flow. */
  void run() {
    discover();
    String consent = lodge();
    Authorized authorized = steps.logIn(client.visit(push(consent)), "FAPI2-SP 5.3.2.2-13");
    check(consent, "authorised");
    Tokens tokens = steps.redeem(authorized, "FAPI2-SP 5.3.2.1-4");
    steps.idToken(tokens, authorized.nonce(), "FAPI2-SP 5.3.2.3-p1");
    Tokens refreshed = steps.refresh(tokens, "FAPI2-SP 5.3.2.1-9");
    report.check(
        refreshed.refreshToken().equals(tokens.refreshToken()), "the refresh token is the same");
    introspect(refreshed, consent);
    sample.api().ifPresent(api -> new ApiSteps(client, api, report).readAccounts(refreshed));
    end(refreshed, consent);
  }

  private void discover() {
    report.step("Discovery", "FAPI2-SP 5.3.2.1-1, RFC8414");
    Discovery discovery = client.discover();
    JsonNode metadata = discovery.exchange().json();
    for (String name :
        List.of(
            "issuer",
            "scopes_supported",
            "claims_supported",
            "acr_values_supported",
            "response_types_supported",
            "authorization_details_types_supported")) {
      report.line("   " + name + ": " + metadata.path(name));
    }
    report.verified("the issuer is the one that was asked for");
  }

  /** A client tells the bank what it wants, with a token of its own. */
  private String lodge() {
    report.step("Consent, lodged with the bank", "RFC6749 4.4");
    Tokens own = client.clientCredentials().with("scope", ConsentCarrier.ACCOUNTS).expect();
    report.exchange(own.exchange());
    String consent = carrier.newId();
    report.line("the bank's API takes the consent; here its stand-in does, without a token:");
    report.exchange(bank.lodge(client.clientId(), consent));
    return consent;
  }

  private Pushed push(String consent) {
    report.step("Pushed authorization request that names the consent", "RFC9126");
    Pushed pushed = par(carrier.parameters(consent)).expect();
    report.exchange(pushed.exchange());
    return pushed;
  }

  private void check(String consent, String status) {
    JsonNode known = bank.read(consent);
    report.check(
        known.path("status").asText().equals(status), "at the bank, the consent is " + status);
    report.line("   " + known.path("authorisation"));
  }

  private void introspect(Tokens tokens, String consent) {
    report.step("Introspection, as the bank's API does it", "RFC7662");
    HttpExchange answer = client.introspect(tokens.accessToken()).send().expectStatus(200);
    report.exchange(answer);
    JsonNode said = client.introspection(answer);
    report.check(said.path("active").asBoolean(), "the access token is active");
    report.check(
        said.path("consent_id").asText().equals(consent), "it belongs to the consent of the bank");
  }

  private void end(Tokens tokens, String consent) {
    report.step("The bank ends the consent, and tells the server", "RFC8935");
    bank.end(consent);
    report.line("   " + client.refresh(tokens).expectError("invalid_grant").body());
    report.verified("the refresh token has ended");
    report.check(
        !client
            .introspection(client.introspect(tokens.accessToken()).send().expectStatus(200))
            .path("active")
            .asBoolean(),
        "the access token is reported as inactive");
    sample.api().ifPresent(api -> new ApiSteps(client, api, report).refuses(tokens));
  }

  /** Tries requests that the server must refuse. */
  void attack() {
    report.attack(
        "Request without a consent",
        "the ecosystem",
        () -> par(ConsentCarrier.withoutConsent()).send());
    report.attack(
        "Consent that the bank does not know",
        "the ecosystem",
        () -> par(carrier.parameters(carrier.newId())).send());
    String foreign = carrier.newId();
    bank.lodge("client-" + UUID.randomUUID(), foreign);
    report.attack(
        "Consent of another client",
        "the ecosystem",
        () -> par(carrier.parameters(foreign)).send());
    String refused = lodged();
    report.attackInBrowser(
        "Code although the user refuses",
        "FAPI2-SP 5.3.2.2-13",
        () ->
            client
                .visit(par(carrier.parameters(refused)).expect())
                .as(sample.username(), sample.password())
                .refusingConsent()
                .open());
    check(refused, "rejected");
    report.attack(
        "Consent that the user has refused",
        "the ecosystem",
        () -> par(carrier.parameters(refused)).send());
    sample.api().ifPresent(this::attackApi);
    String ended = lodged();
    Authorized authorized =
        client
            .visit(par(carrier.parameters(ended)).expect())
            .as(sample.username(), sample.password())
            .expectCode();
    bank.end(ended);
    report.attack(
        "Code of a consent that the bank has ended meanwhile",
        "RFC6749 5.2",
        () -> client.token(authorized).send());
  }

  private void attackApi(URI api) {
    Authorized authorized =
        client
            .visit(par(carrier.parameters(lodged())).expect())
            .as(sample.username(), sample.password())
            .expectCode();
    new ApiAttacks(client, sample, api, report).run(client.token(authorized).expect());
  }

  private String lodged() {
    String id = carrier.newId();
    bank.lodge(client.clientId(), id);
    return id;
  }

  private FapiRequest<Pushed> par(Map<String, String> parameters) {
    FapiRequest<Pushed> request = client.par();
    parameters.forEach(request::with);
    return request;
  }
}
