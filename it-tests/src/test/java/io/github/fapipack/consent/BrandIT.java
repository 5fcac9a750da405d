package io.github.fapipack.consent;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A realm's colours and logo come from its settings, and nothing else can be added by them. */
class BrandIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client;

  @BeforeAll
  static void registerClient() {
    client = TestClient.in(realm).register();
  }

  private static void set(Map<String, String> attributes) {
    ObjectNode stored = realm.admin().realm(realm.name());
    attributes.forEach(stored.withObject("/attributes")::put);
    realm.admin().updateRealm(realm.name(), stored);
  }

  private static String sheet() {
    return client.browser().open(URI.create(realm.issuer() + "/fapi-brand")).last().body();
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void coloursPagesAndTheLogin(ColorScheme colours) {
    set(
        Map.of(
            "fapi.brand.color", "#7a1fa2",
            "fapi.brand.color-dark", "#e1bee7",
            "fapi.brand.header", "#4a148c",
            "fapi.brand.logo", ""));
    String colour = colours == ColorScheme.DARK ? "rgb(225, 190, 231)" : "rgb(122, 31, 162)";
    String suffix = colours == ColorScheme.DARK ? "-dark" : "";
    try (PageVisitor visitor = PageVisitor.of(realm, "en", 1280, 900, colours)) {
      visitor.page().navigate(client.visit(client.par().expect()).address().toString());
      assertThat(background(visitor, "#kc-login")).isEqualTo(colour);
      visitor.picture("brand-login" + suffix);

      visitor.ask(client, ConsentVisit.list(ConsentVisit.payment()));
      assertThat(background(visitor, ".fapi-primary")).isEqualTo(colour);
      assertThat(background(visitor, ".fapi-header")).isEqualTo("rgb(74, 20, 140)");
      visitor.picture("brand-consent" + suffix);
      assertThat(visitor.barriers()).isEmpty();
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  private static Object background(PageVisitor visitor, String selector) {
    Locator element = visitor.page().locator(selector);
    assertThat(element).isVisible();
    return element.evaluate("e => getComputedStyle(e).backgroundColor");
  }

  @Test
  void takesNothingButColoursThatCanBeReadAndLogosOfTrustedHosts() {
    set(
        Map.of(
            "fapi.brand.color", "red;} body{display:none",
            "fapi.brand.color-dark", "#18242d",
            "fapi.brand.header", "#123456\"</style><script>",
            "fapi.brand.logo", "https://tracker.example/logo.svg"));
    assertThat(sheet()).doesNotContain("body", "script", "18242d", "tracker", "--fapi-");

    set(Map.of("fapi.brand.color", "#0a5f38", "fapi.brand.logo", "https://cdn.bank.example/%zz"));
    assertThat(sheet()).contains("--fapi-brand: #0a5f38;").doesNotContain("--fapi-logo");

    set(
        Map.of(
            "fapi.brand.color", "#0A5F38",
            "fapi.brand.logo", "https://cdn.bank.example/logo.svg",
            "fapi.logo-hosts", "cdn.bank.example"));
    assertThat(sheet())
        .contains("--fapi-brand: #0a5f38;", "--fapi-on-brand: #ffffff;")
        .contains("--fapi-logo: url(\"https://cdn.bank.example/logo.svg\");");
    assertThat(
            ConsentVisit.ask(realm, client, ConsentVisit.payment())
                .seesPage()
                .shown()
                .last()
                .header("Content-Security-Policy"))
        .contains("img-src 'self' https://cdn.bank.example;");
  }
}
