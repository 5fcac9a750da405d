package io.github.fapipack.apicheck;

import static io.github.fapipack.apicheck.CheckedApi.assertHolds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.apicheck.CheckedApi.Run;
import io.github.fapipack.it.samples.SampleClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The command against an API whose messages are signed. */
class SignedApiCheckIT {
  private static CheckedApi bank;

  @BeforeAll
  static void open() {
    bank = CheckedApi.open("fapi2-message-signing");
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  private static Run check(String... options) {
    return bank.check(
        CheckedApi.with(
            options,
            "--client-keys=" + bank.client(SampleClients.PRIVATE_KEY_JWT),
            "--message-signing",
            "--sign=http"));
  }

  @Test
  void whoSignsTooLittleIsRefused() {
    Run run = check("--url=" + bank.at("/accounts"), "--scope=openid accounts");

    assertHolds(run);
    assertThat(run.ids("refused"))
        .contains(
            "signature-missing",
            "signature-no-method",
            "signature-no-target",
            "signature-no-token",
            "signature-no-proof",
            "signature-other-key",
            "signature-old",
            "signature-no-tag",
            "signature-query-altered",
            "signature-of-other-request");
  }

  @Test
  void whoseBodyIsAnotherIsRefused() throws IOException {
    String payment =
        """
        "creditorName": "Merchant A", "creditorAccount": {"iban": "DE02100100109307118603"},
        "instructedAmount": {"currency": "EUR", "amount": "123.50"}
        """;
    Path details = file("details.json", "[{\"type\": \"payment_initiation\", " + payment + "}]");
    Path order = file("order.json", "{" + payment + "}");
    String attacks =
        "body-altered,digest-not-covered,digest-missing,digest-md5,digest-replaced,signature-missing";

    Run run =
        check(
            "--url=" + bank.at("/payments"),
            "--details=" + details,
            "--body=" + order,
            "--once",
            "--only=" + attacks);

    assertHolds(run);
    assertThat(run.ids("refused")).containsExactlyInAnyOrder(attacks.split(","));
  }

  private static Path file(String name, String text) throws IOException {
    return Files.writeString(bank.folder().resolve(name), text);
  }
}
