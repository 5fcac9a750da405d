package io.github.fapipack.it.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.consent.ConsentServiceStub;
import io.github.fapipack.it.device.AuthenticationDevice;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.server.KeycloakServer;
import java.nio.file.Path;

/** The servers that a run needs: Keycloak, and those of the bank around it. */
record Surroundings(
    KeycloakServer server,
    ResourceServer resources,
    ConsentServiceStub bank,
    AuthenticationDevice device) {

  /** Imports a realm, which uses the bank's consent service. */
  void prepare(RealmRuns realm, Path exports) {
    ObjectNode attributes = Json.object();
    bank.realmAttributes().forEach(attributes::put);
    JsonNode export = Json.read(exports.resolve(realm.realm() + ".json"));
    JsonNode changed = Template.merge(export, realm.settings().path("realmChanges"));
    server
        .admin()
        .importRealm(Template.merge(changed, Json.object().set("attributes", attributes)));
  }

  /** Serves the bank's API for a run, in place of that for an earlier run in the same realm. */
  void serve(PlanRun run, Template values, SuiteApi suite) {
    JsonNode settings = run.settings();
    resources.serve(
        run.realm(),
        new BankApi(
            resources.address(run.realm()),
            tokenCheck(run.realm(), settings.path("resourceServer"), values.copy()),
            new LodgedConsents(settings, values, bank),
            new DecidingDevice(device, settings.path("deviceAnswer"))));
    new StandingConsents(
            settings.path("standingConsents"), settings.path("bankConsent"), bank, suite)
        .begin();
  }

  private TokenCheck tokenCheck(String realm, JsonNode client, Template values) {
    String clientId = values.fill(client.path("clientId")).asText();
    ClientCertificate certificate = server.pki().clientCa().issue("CN=" + clientId, Keys.ec());
    values.with("subject", certificate.subject()).with("certificateIssuer", certificate.issuer());
    server.admin().createClient(realm, values.fill(client));
    return new TokenCheck(
        new HttpTransport(server.pki().sslContext(certificate), true),
        server.issuer(realm),
        clientId,
        new ProofCheck());
  }
}
