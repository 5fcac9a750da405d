package io.github.fapipack.apicheck;

import static io.github.fapipack.apicheck.CheckedApi.assertHolds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.apicheck.CheckedApi.Run;
import io.github.fapipack.it.apicheck.NaiveApi;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.samples.SampleClients;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.testing.TestServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The command that attacks an API, with tokens of a real server. */
class ApiCheckIT {
  private static final String SCOPE = "--scope=openid accounts";

  private static CheckedApi bank;

  @BeforeAll
  static void open() {
    bank = CheckedApi.open("fapi2-security-profile");
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  private static String client() {
    return "--client-keys=" + bank.client(SampleClients.PRIVATE_KEY_JWT);
  }

  private static String otherClient() {
    return "--other-client=" + bank.client(SampleClients.MTLS);
  }

  @Test
  void theSampleBankHolds() {
    Run run =
        bank.check(
            "--url=" + bank.at("/accounts"),
            client(),
            otherClient(),
            SCOPE,
            "--wrong-scope=openid profile",
            "--other-account=" + bank.at("/accounts/DE89370400440532013000"));

    assertHolds(run);
    assertThat(run.ids("refused"))
        .hasSizeGreaterThan(100)
        .contains(
            "proof-replayed-at-once",
            "proof-rs256",
            "jwt-hs256-pem",
            "id-token",
            "refresh-token",
            "wrong-scope",
            "other-client-token",
            "revoked-token",
            "other-account",
            "header-forwarded-host");
  }

  @Test
  void theSampleBankHoldsWithCertificates() {
    Run run =
        bank.check("--url=" + bank.at("/accounts"), client(), otherClient(), SCOPE, "--bind=mtls");

    assertHolds(run);
    assertThat(run.ids("refused"))
        .contains(
            "certificate-missing",
            "certificate-self-signed",
            "certificate-other-client",
            "certificate-header-client-cert",
            "certificate-header-nginx",
            "certificate-header-envoy");
  }

  @Test
  void aPaymentIsCarriedOutOnceAndAsApproved() throws IOException {
    String payment =
        """
        "creditorName": "Merchant A", "creditorAccount": {"iban": "DE02100100109307118603"},
        "instructedAmount": {"currency": "EUR", "amount": "123.50"}
        """;
    String account = SampleUser.ACCOUNTS.get(0);
    Path details = file("details.json", "[{\"type\": \"payment_initiation\", " + payment + "}]");
    Path order =
        file("order.json", "{" + payment + ", \"debtorAccount\": {\"iban\": \"" + account + "\"}}");

    Run run =
        bank.check(
            "--url=" + bank.at("/payments"),
            client(),
            "--details=" + details,
            "--body=" + order,
            "--once");

    assertHolds(run);
    assertThat(run.ids("refused"))
        .contains(
            "double-spend",
            "double-spend-at-once",
            "double-spend-refreshed",
            "amount-higher",
            "amount-negative",
            "currency-other",
            "creditor-other",
            "details-missing",
            "body-not-json",
            "body-content-type");
  }

  private static Path file(String name, String text) throws IOException {
    return Files.writeString(bank.folder().resolve(name), text);
  }

  @Test
  void theNaiveApiDoesNotHold() {
    try (NaiveApi naive = NaiveApi.start(ApiCheckIT::issuerKeys)) {
      Run run = bank.check("--url=" + naive.accounts(), client(), otherClient(), SCOPE);

      assertThat(run.status()).as("%s", run).isEqualTo(1);
      assertThat(run.ids("passed-through"))
          .hasSizeGreaterThan(30)
          .contains("proof-missing", "proof-replayed", "id-token", "other-client-token")
          .doesNotContain("no-token", "jwt-alg-none", "jwt-other-key");
    }
  }

  private static String issuerKeys() {
    URI keys = URI.create(bank.issuer() + "/protocol/openid-connect/certs");
    return new HttpTransport(TestServer.get().pki().sslContext(null), false)
        .send("GET", keys, new NamedValues(), "")
        .expectStatus(200)
        .body();
  }
}
