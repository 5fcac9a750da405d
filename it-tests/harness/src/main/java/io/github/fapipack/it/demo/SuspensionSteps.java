package io.github.fapipack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;

/** The operator suspends an organisation, and admits it again. */
final class SuspensionSteps {
  private final ServedScheme at;
  private final RegistrationSteps registration;
  private final DirectoryAccess directory;
  private final BankRegistration bank;
  private final FlowReport report;

  SuspensionSteps(ServedScheme at, RegistrationSteps registration, FlowReport report) {
    this.at = at;
    this.registration = registration;
    this.directory = new DirectoryAccess(at);
    this.bank = new BankRegistration(at);
    this.report = report;
  }

  void run(Participant joined, HttpExchange registered, FapiClient client) {
    report.step("Tokens of a user, over the new certificate", "FAPI2-SP 5.3.2.1-4");
    Tokens tokens = client.tokens(at.user().username(), at.user().password());
    report.value("scope", String.valueOf(tokens.scope()));
    report.check(client.userinfo(tokens).send().status() == 200, "userinfo answers");
    String token = directory.accessToken(joined);
    String statement = directory.statement(joined);
    suspend(joined);
    attackDirectory(joined, token);
    attackBank(joined, registered, client, tokens, statement);
    admitAgain(joined, client, tokens);
  }

  private void suspend(Participant joined) {
    report.step("The operator suspends the organisation", "standing suspended");
    report.json(decide(joined, "suspended", "audit failed"));
    report.step("The bank reads the list of participants", "RFC9110 8.8.3");
    report.line("by itself it does so at the interval of its profile");
    read(joined, "suspended");
  }

  private JsonNode decide(Participant joined, String standing, String reason) {
    String path = "/organisations/" + joined.software().organisation();
    return at.operator().decide(path, standing, reason);
  }

  private void read(Participant joined, String state) {
    JsonNode list = directory.get("/participants").expectStatus(200).json();
    for (JsonNode organisation : list.path("organisations")) {
      if (organisation.path("id").asText().equals(joined.software().organisation())) {
        report.value(organisation.path("name").asText(), organisation.path("status").asText());
        report.check(organisation.path("status").asText().equals(state), "the list says " + state);
      }
    }
    bank.readList();
  }

  private void attackDirectory(Participant joined, String token) {
    report.attack(
        "A statement after the suspension",
        "RFC7591 2.3",
        () -> directory.statement(joined, token, joined.certificate()));
    report.attack(
        "A token of the directory after the suspension",
        "RFC6749 5.2",
        () -> directory.token(joined, joined.certificate()));
  }

  private void attackBank(
      Participant joined,
      HttpExchange registered,
      FapiClient client,
      Tokens tokens,
      String statement) {
    report.attack(
        "An authorization request of the suspended software",
        "RFC6749 4.1.2.1",
        () -> client.par().send());
    report.attack(
        "A refresh of the suspended software", "RFC6749 5.2", () -> client.refresh(tokens).send());
    report.attack(
        "An access token from before the suspension",
        "RFC6750 3.1",
        () -> client.userinfo(tokens).send());
    report.attack(
        "An update with a statement from before the suspension",
        "RFC7592 2.2",
        () -> registration.replace(joined, registered, statement));
  }

  private void admitAgain(Participant joined, FapiClient client, Tokens tokens) {
    report.step("The operator lifts the suspension", "standing active");
    report.json(decide(joined, "active", "audit passed"));
    read(joined, "active");
    report.check(
        client.refresh(tokens).send().status() == 200,
        "the refresh token of the user works again: the grant was kept");
    report.check(
        directory.token(joined, joined.certificate()).status() == 200,
        "the directory gives tokens again");
  }
}
