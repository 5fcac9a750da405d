package io.github.fapipack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.http.HttpExchange;

/**
 * The life of a participant of a scheme: it joins, registers at a bank, runs a flow, changes its
 * certificate, and is suspended. {@code mvn -Pflow -Dscenario=onboarding}.
 */
public final class OnboardingSteps {
  private final ServedScheme at;
  private final ClientAuth auth;
  private final String algorithm;
  private final SenderConstraint constraint;
  private final FlowReport report;

  /** The steps of one participant, which authenticates at the bank in the given way. */
  public OnboardingSteps(
      ServedScheme at,
      ClientAuth auth,
      String algorithm,
      SenderConstraint constraint,
      FlowReport report) {
    this.at = at;
    this.auth = auth;
    this.algorithm = algorithm;
    this.constraint = constraint;
    this.report = report;
  }

  /** Does everything, with the attacks where they belong. */
  public void run() {
    discover();
    JoiningSteps joining = new JoiningSteps(at, report);
    Participant joined = joining.run();
    Participant other = joining.somebodyElse();
    RegistrationSteps registration = new RegistrationSteps(at, auth, constraint, report);
    String statement = joining.fetchStatement(joined, other);
    registration.attack(joined, other, statement);
    HttpExchange registered = registration.register(joined, statement);
    registration.replay(joined, registered, statement);
    String clientId = registered.json().path("client_id").asText();
    SampleClient sample = joined.asClient(at, clientId, auth);
    new FlowSteps(client(sample, "openid accounts"), sample, true, report).run();
    Participant renewed = new RotationSteps(at, report).run(joined, other);
    sample = renewed.asClient(at, clientId, auth);
    registration.addRole(renewed, registered);
    report.line("the files of the client are in " + sample.file().getParent());
    new SuspensionSteps(at, registration, report)
        .run(renewed, registered, client(sample, "openid accounts payments"));
  }

  private FapiClient client(SampleClient sample, String scope) {
    return sample
        .describe(sample.issuer())
        .auth(auth)
        .algorithm(algorithm)
        .constraint(constraint)
        .scope(scope)
        .build();
  }

  private void discover() {
    report.step("The directory, and what the bank knows of it", "RFC8414, RFC7591 2.3");
    DirectoryAccess directory = new DirectoryAccess(at);
    HttpExchange profile = directory.get("/ecosystem-profile");
    report.line("GET " + profile.uri() + " <- " + profile.status());
    JsonNode trusted = profile.expectStatus(200).json().path("directory");
    for (String name : new String[] {"issuer", "jwks_uri", "status"}) {
      JsonNode value = trusted.path(name);
      report.value(name, value.isTextual() ? value.asText() : value.path("uri").asText());
    }
    report.verified("the bank has this profile, with the authority of the directory as its anchor");
    HttpExchange keys = directory.get(path(trusted.path("jwks_uri").asText()));
    report.check(
        !keys.json().path("keys").isEmpty(), "the keys that sign statements are published");
    HttpExchange list = directory.get(path(trusted.at("/status/uri").asText()));
    report.line("GET " + list.uri() + " <- " + list.status());
    report.value("ETag", String.valueOf(list.header("ETag")));
    report.check(list.status() == 200, "so is the list of participants");
  }

  private static String path(String address) {
    return address.replaceFirst(".*/directory(?=/)", "");
  }
}
