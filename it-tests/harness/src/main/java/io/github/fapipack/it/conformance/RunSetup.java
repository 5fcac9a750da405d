package io.github.fapipack.it.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.server.KeycloakServer;
import java.net.URI;
import java.util.List;

/**
 * Puts what a run needs into its realm: two clients, a user who agrees to everything, and one who
 * refuses: Keycloak does not ask again for what somebody has agreed to.
 */
record RunSetup(URI suite, KeycloakServer server, ResourceServer resources) {

  /** Creates them, and returns what the templates of the run's file stand for. */
  Template create(PlanRun run) {
    Template values =
        new Template()
            .with("suite", suite.toString())
            .with("realm", run.realm())
            .with("run", run.name())
            .with("alias", run.alias())
            .with("issuer", server.issuer(run.realm()).toString())
            .with("resources", resources.address(run.realm()).toString())
            .with("username", "user-" + run.name())
            .with("refusing", "refusing-" + run.name())
            .with("password", AdminClient.randomPassword())
            .with("clientCa", server.pki().clientCa().certificatePem());
    createUser(run, values, "${username}");
    createUser(run, values, "${refusing}");
    for (String number : List.of("1", "2")) {
      SuiteClient client = client(run, values.copy().with("number", number));
      JsonNode registration =
          client.addTo(values.copy(), "").fill(run.settings().path("clientRegistration"));
      server.admin().createClient(run.realm(), registration);
      client.addTo(values, number);
    }
    return values.with(run.settings().path("parts"));
  }

  private SuiteClient client(PlanRun run, Template values) {
    CertificateAuthority authority = server.pki().clientCa();
    return SuiteClient.create(
        run.alias() + values.fill(Json.tree("-${number}")).asText(),
        run.settings().path("keys"),
        values.fill(run.settings().path("subject")).asText(),
        authority);
  }

  private void createUser(PlanRun run, Template values, String name) {
    JsonNode user =
        SampleUser.json(
            values.fill(Json.tree(name)).asText(), values.fill(Json.tree("${password}")).asText());
    server
        .admin()
        .createUser(run.realm(), Template.merge(user, values.fill(run.settings().path("user"))));
  }
}
