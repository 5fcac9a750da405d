package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of a client stay plain text. */
class HostileTextIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static ConsentVisit ask(String text) {
    FapiClient client =
        TestClient.in(realm).altering(registration -> registration.put("name", text)).register();
    ObjectNode payment = ConsentVisit.payment().put("creditorName", text);
    payment.put("remittanceInformationUnstructured", text);
    return ConsentVisit.ask(realm, client, payment).seesPage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</dd></dl></section><h2>Approved by your bank</h2>",
        "&lt;b&gt;bold&lt;/b&gt;",
        "${text['title']}",
        "${fapi.consent.approve}",
        "<#assign x=1>${x}",
        "{0} {1,number} '{2}'",
        "javascript:alert(1)",
        "'\"`--><svg/onload=alert(1)>"
      })
  @Rejects("RFC9396 12-3")
  void takesMarkupAndTemplatesForText(String text) {
    ConsentVisit visit = ask(text);
    Document page = visit.shown().page();

    assertThat(page.select("script, img, svg, iframe, style, b, [onerror], [onload], [style]"))
        .isEmpty();
    assertThat(page.select("h2").eachText()).doesNotContain("Approved by your bank");
    // As it was written, in both places.
    assertThat(page.selectFirst(".fapi-name").text()).isEqualTo(text);
    assertThat(page.select(".fapi-detail dd strong").text()).isEqualTo(text);
    assertThat(visit.words()).doesNotContain("Payment Approve");
    assertThat(page.select("form")).hasSize(1);
    assertThat(page.select("button").eachText()).containsExactly("Pay €1,234.50", "Refuse");
  }

  /**
   * In authorization details they are refused when pushed; in a name they may come from anywhere.
   */
  @Test
  @Rejects("RFC9396 12-3")
  void showsCharactersThatTurnTextAround() {
    String text = "Merchant \u202Eknab ruoY\u2069 \u200Bx";
    FapiClient client =
        TestClient.in(realm).altering(registration -> registration.put("name", text)).register();

    ConsentVisit visit = ConsentVisit.ask(realm, client, ConsentVisit.payment()).seesPage();

    assertThat(visit.shown().last().body().codePoints())
        .doesNotContain(0x202E, 0x202A, 0x202D, 0x200B);
    assertThat(visit.shown().page().selectFirst(".fapi-name").text())
        .isEqualTo("Merchant ‹U+202E›knab ruoY‹U+2069› ‹U+200B›x");
  }

  @Test
  @Accepts("RFC9396 12-3")
  void showsOrdinaryTextOfAnyLanguageAsItIs() {
    for (String text : new String[] {"متجر الكتب", "株式会社ケイ", "Übung & Söhne", "👩‍⚕️ Dr. Ö"}) {
      assertThat(ask(text).shown().page().select(".fapi-detail dd strong").text()).isEqualTo(text);
    }
  }

  @Test
  void forbidsScriptsFramesAndForeignContent() {
    ConsentVisit visit = ask("Merchant A");

    assertThat(visit.shown().last().header("Content-Security-Policy"))
        .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
        .doesNotContain("script-src", "unsafe", "frame-src");
    assertThat(visit.shown().last().header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(visit.shown().last().header("Cache-Control")).contains("no-store");
    assertThat(visit.shown().last().header("Strict-Transport-Security")).isNotBlank();
  }

  @Test
  void loadsALogoOnlyFromWhereTheRealmAllows() {
    FapiClient foreign =
        TestClient.in(realm)
            .attribute("logoUri", "https://tracker.example/logo.png")
            .attribute("policyUri", "http://client.example/policy")
            .attribute("tosUri", "https://client.example/terms")
            .register();
    ConsentVisit visit = ConsentVisit.ask(realm, foreign, ConsentVisit.payment()).seesPage();
    assertThat(visit.shown().page().select("img")).isEmpty();
    assertThat(visit.shown().last().body()).doesNotContain("tracker.example");
    assertThat(visit.shown().page().select(".fapi-links a").eachAttr("href"))
        .containsExactly("https://client.example/terms");

    try (TestRealm trusting = ConsentVisit.realmWith("fapi.logo-hosts", "cdn.bank.example")) {
      FapiClient known =
          TestClient.in(trusting)
              .attribute("logoUri", "https://cdn.bank.example/logo.png")
              .register();
      ConsentVisit shown = ConsentVisit.ask(trusting, known, ConsentVisit.payment()).seesPage();
      assertThat(shown.shown().page().select("img.fapi-client-logo").attr("src"))
          .isEqualTo("https://cdn.bank.example/logo.png");
      assertThat(shown.shown().last().header("Content-Security-Policy"))
          .contains("img-src 'self' https://cdn.bank.example;");
    }
  }
}
