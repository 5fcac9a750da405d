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

  /** Imports a realm, which uses the bank's consent service, and serves the bank's API for it. */
  void prepare(RealmRuns realm, Path exports) {
    String name = realm.realm();
    ObjectNode attributes = Json.object();
    bank.realmAttributes().forEach(attributes::put);
    JsonNode export = Json.read(exports.resolve(name + ".json"));
    JsonNode changed = Template.merge(export, realm.settings().path("realmChanges"));
    server
        .admin()
        .importRealm(Template.merge(changed, Json.object().set("attributes", attributes)));
    resources.serve(
        name,
        new BankApi(
            resources.address(name),
            tokenCheck(name, realm.settings().path("resourceServer")),
            new LodgedConsents(realm.settings(), bank),
            new DecidingDevice(device)));
  }

  /** The consents of a run that nobody lodges. */
  StandingConsents standing(PlanRun run, SuiteApi suite) {
    JsonNode settings = run.settings();
    return new StandingConsents(
        settings.path("standingConsents"), settings.path("bankConsent"), bank, suite);
  }

  private TokenCheck tokenCheck(String realm, JsonNode client) {
    String clientId = client.path("clientId").asText();
    ClientCertificate certificate = server.pki().clientCa().issue("CN=" + clientId, Keys.ec());
    Template values =
        new Template()
            .with("subject", certificate.subject())
            .with("certificateIssuer", certificate.issuer());
    server.admin().createClient(realm, values.fill(client));
    return new TokenCheck(
        new HttpTransport(server.pki().sslContext(certificate), true),
        server.issuer(realm),
        clientId,
        new ProofCheck());
  }
}
