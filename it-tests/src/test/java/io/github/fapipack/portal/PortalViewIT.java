package io.github.fapipack.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the pages look, to the eye, to the keyboard and to a screen reader. */
class PortalViewIT {
  @FapiRealm("fapi-directory")
  private static TestRealm realm;

  private static final Map<String, String> MEMBER = new LinkedHashMap<>();
  private static final Map<String, String> OPERATOR = new LinkedHashMap<>();

  @BeforeAll
  static void fillTheDirectory() {
    SchemeRealm scheme = new SchemeRealm(realm).person("mia").person("max").person("new");
    PortalVisitor olga = scheme.visitor(SchemeRealm.OPERATOR);
    String id = scheme.create(olga, "Acorn Budget Planner Ltd");
    String organisation = "organisations/" + id;
    String mia = scheme.join("mia", id);
    scheme.join("max", id);
    olga.open(organisation + "/people/" + mia)
        .submit(new NamedValues().set("duties", "administrators"));
    PortalVisitor member = scheme.visitor("mia");
    member.open(organisation + "/role").submit(new NamedValues().set("role", "payment-initiator"));
    member.fill(
        organisation + "/software",
        SchemeRealm.software("Acorn for iOS").set("description", "Shows where the money goes"));
    String software = "software/" + member.id();
    member.open(software + "/certificate");
    member.upload(
        new NamedValues().set("use", "signing").set("request", SchemeRealm.request(Keys.ec())),
        "",
        "application/octet-stream",
        "");
    String certificate = "certificates/" + member.id();
    member.open(organisation + "/proofs/upload");
    member.upload(new NamedValues(), "FAPI certification.pdf", "application/pdf", "%PDF-1.7");
    String proof = member.page().selectFirst("main a[href$=/file]").attr("href");
    scheme.visitor("new").fill("apply", SchemeRealm.organisation("Birch Pay"));

    MEMBER.put("home", "");
    MEMBER.put("organisation", organisation);
    MEMBER.put("role", organisation + "/role");
    MEMBER.put("software", software);
    MEMBER.put("software-edit", software + "/edit");
    MEMBER.put("software-withdraw", software + "/withdraw");
    MEMBER.put("statement", software + "/statement");
    MEMBER.put("order", software + "/certificate");
    MEMBER.put("certificate", certificate);
    MEMBER.put("certificate-revoke", certificate + "/revoke");
    MEMBER.put("key-add", software + "/keys/new");
    MEMBER.put("people", organisation + "/people");
    MEMBER.put("person", organisation + "/people/" + mia);
    MEMBER.put("proofs", organisation + "/proofs");
    MEMBER.put("proof-upload", organisation + "/proofs/upload");
    MEMBER.put("events", organisation + "/events");
    MEMBER.put("unknown", "organisations/none");
    OPERATOR.put("operator-home", "");
    OPERATOR.put("operator-todo", "operator");
    OPERATOR.put("operator-organisations", "operator/organisations");
    OPERATOR.put("operator-organisation", organisation);
    OPERATOR.put("operator-certificates", "operator/certificates");
    OPERATOR.put("operator-decide", organisation + "/decide");
    OPERATOR.put("operator-suspend", organisation + "/decide?standing=suspended");
    OPERATOR.put(
        "operator-proof", proof.replaceFirst(".*/fapi-scheme/", "").replace("/file", "/decide"));
  }

  @ParameterizedTest
  @CsvSource({"en,1280,LIGHT", "ar,360,DARK"})
  void keepsPicturesOfEveryPageAndHasNoBarriers(String language, int width, ColorScheme colours) {
    try (PortalBrowser mia = new PortalBrowser(realm, language, width, colours).logIn("mia");
        PortalBrowser olga =
            new PortalBrowser(realm, language, width, colours).logIn(SchemeRealm.OPERATOR)) {
      MEMBER.forEach((name, path) -> mia.open(path).check(name));
      OPERATOR.forEach((name, path) -> olga.open(path).check(name));
      assertThat(olga.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"de,360,LIGHT", "ja,1280,DARK", "es,360,DARK", "pt-BR,360,LIGHT"})
  void speaksEveryLanguage(String language, int width, ColorScheme colours) {
    try (PortalBrowser mia = new PortalBrowser(realm, language, width, colours).logIn("mia")) {
      mia.open(MEMBER.get("software")).check("software");
      assertThat(mia.page().locator("html")).hasAttribute("lang", language);
    }
  }

  @Test
  void canBeUsedWithTheKeyboardAlone() {
    try (PortalBrowser mia = new PortalBrowser(realm, "en", 1280, ColorScheme.LIGHT).logIn("mia")) {
      Page page = mia.page();
      page.keyboard().press("Tab");
      assertThat(page.locator(".fapi-skip")).isFocused();
      page.keyboard().press("Enter");
      page.keyboard().press("Tab");
      assertThat(page.locator("main a").first()).isFocused();

      mia.open(MEMBER.get("organisation") + "/people/invite");
      page.locator("#email").focus();
      page.keyboard().type("nobody");
      page.keyboard().press("Enter");
      // What is wrong is where the person is, and is read to her.
      assertThat(page.locator("#email")).isFocused();
      assertThat(page.locator("#email")).hasAttribute("aria-invalid", "true");
      assertThat(page.locator("#email")).hasValue("nobody");
      mia.check("problem");
      page.getByRole(AriaRole.ALERT).getByRole(AriaRole.LINK).focus();
      page.keyboard().press("Enter");
      assertThat(page.locator("#email")).isFocused();
    }
  }

  @Test
  void everyFieldOfAFormHasAName() {
    try (PortalBrowser nobody =
        new PortalBrowser(realm, "en", 360, ColorScheme.LIGHT).logIn("new")) {
      nobody.open("apply").check("apply");
      Page page = nobody.page();
      for (String label : new String[] {"Name", "Registration number", "Country"}) {
        Locator field = page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
        assertThat(field).isVisible();
      }
      assertThat(page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Roles")))
          .isVisible();
    }
  }
}
