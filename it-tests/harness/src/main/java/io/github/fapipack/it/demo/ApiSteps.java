package io.github.fapipack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.httpsig.HttpSignatureCheck;
import io.github.fapipack.it.samples.SampleApi;
import java.net.URI;

/** What a flow is for: calls of the API behind the token. */
final class ApiSteps {
  private final FapiClient client;
  private final URI api;
  private final FlowReport report;

  ApiSteps(FapiClient client, URI api, FlowReport report) {
    this.client = client;
    this.api = api;
    this.report = report;
  }

  /** The scope for accounts, beside another one, where there is an API. */
  static String scope(String other, SampleClient sample) {
    return sample.api().isPresent() ? other + " " + SampleApi.ACCOUNTS : other;
  }

  URI accounts() {
    return at("/accounts");
  }

  URI at(String path) {
    return URI.create(api + path);
  }

  /** Reads the user's accounts, and one of them. */
  void readAccounts(Tokens tokens) {
    report.step("The accounts, at the bank's API", "FAPI2-SP 5.3.4, RFC6750, RFC9449 7, RFC8705 3");
    HttpExchange answer = read(accounts(), tokens);
    report.exchange(answer);
    report.check(answer.status() == 200, "the API accepts the token");
    signed(answer);
    JsonNode first = answer.json().path("accounts").path(0).path("accountId");
    report.check(first.isTextual(), "there is an account");
    HttpExchange balances = read(at("/accounts/" + first.asText() + "/balances"), tokens);
    report.exchange(balances);
    report.check(balances.status() == 200, "and it has a balance");
  }

  /** A token whose grant has ended is refused. */
  void refuses(Tokens tokens) {
    HttpExchange answer = read(accounts(), tokens);
    report.check(answer.status() == 401, "the API refuses the access token: " + answer.status());
  }

  HttpExchange read(URI address, Tokens tokens) {
    return client.resource(address, tokens).send();
  }

  private void signed(HttpExchange answer) {
    if (client.signsResources()) {
      String keys = client.get(at("/jwks"), one -> one.expectStatus(200).body()).expect();
      HttpSignatureCheck.verify(answer, keys);
      report.verified("the answer is signed by the API, for this very request (FAPI2-HS 5.3.2.2)");
    }
  }
}
