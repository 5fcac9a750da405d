package io.github.fapipack.doctor.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Who can log in, with which rights, and from where; in a realm that enforces FAPI for every
 * client.
 */
class LoginOnPageIT {
  private static final String[] ALL = {
    "view-realm", "view-clients", "manage-realm", "manage-clients", "query-clients"
  };

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  @BeforeAll
  static void configureRealm() {
    realm
        .admin()
        .updateRealm(
            realm.name(),
            Json.object()
                .put("adminTheme", "fapi")
                .put("internationalizationEnabled", true)
                .put("defaultLocale", "en")
                .set("supportedLocales", Json.object().arrayNode().add("en").add("de")));
  }

  private static String add(String username, String... roles) {
    return WeakRealm.addAdministrator(realm.server(), realm.name(), username, roles);
  }

  private static Visitor visit(String username) {
    Visitor visitor = Visitor.of(realm.server(), realm.name());
    visitor.open(realm.name() + "/overview");
    visitor.logIn(username, WeakRealm.PASSWORD);
    return visitor;
  }

  @Test
  void anAdministratorOfTheRealmLogsInToTheRealmItself() {
    add("ada", ALL);
    try (Visitor ada = visit("ada")) {
      ada.sees("FAPI overview");
      assertThat(ada.page().locator("header")).containsText("Ada Min");
      assertThat(ada.button("Report only")).isVisible();

      ada.button("Sign out").click();
      assertThat(ada.page().locator("#kc-login")).isVisible();
      assertThat(ada.complaints()).isEmpty();
    }
  }

  @Test
  void keepsTokensInMemoryOnlyAndNothingInTheAddress() {
    add("bea", ALL);
    try (Visitor bea = visit("bea")) {
      bea.sees("FAPI overview");

      assertThat(bea.page().url()).isEqualTo(bea.address() + "#/" + realm.name() + "/overview");
      assertThat(
              bea.page()
                  .evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
                  .toString())
          .isEqualTo("[{},{}]");
    }
  }

  @Test
  void whoMayOnlyLookSeesNoButtonsThatChange() {
    add("vera", "view-realm", "view-clients");
    try (Visitor vera = visit("vera")) {
      vera.sees("FAPI overview");
      assertThat(vera.card("FAPI 2.0 Security Profile"))
          .containsText("needs the roles manage-realm and manage-clients");
      assertThat(vera.button(Pattern.compile("Dry run|Enforce|Report only|Undo"))).hasCount(0);
      assertThat(vera.complaints()).isEmpty();
    }
  }

  @Test
  void tellsWhichRoleIsMissing() {
    add("nora", "view-clients");
    try (Visitor nora = visit("nora")) {
      assertThat(nora.page().getByText("needed to view this page: view-realm.")).isVisible();
    }
  }

  @Test
  void leadsToTheLoginWhenTheSessionHasEnded() {
    String id = add("eva", ALL);
    try (Visitor eva = visit("eva")) {
      eva.sees("FAPI overview");
      // Otherwise the overview, still loading, would redirect to the login.
      eva.page().waitForLoadState(LoadState.NETWORKIDLE);
      realm.admin().send("POST", "/" + realm.name() + "/users/" + id + "/logout", null);

      eva.link("Clients").click();
      assertThat(eva.page().locator("#kc-login")).isVisible();

      eva.logIn("eva", WeakRealm.PASSWORD);
      eva.sees("Clients");
    }
  }

  @Test
  void refusesAnAnswerToALoginThatItHasNotAskedFor() {
    add("iris", ALL);
    try (Visitor iris = Visitor.of(realm.server(), realm.name())) {
      iris.page().navigate(iris.address() + "?state=made-up&code=stolen");

      // The code is not even sent; a login of our own begins.
      assertThat(iris.page().locator("#kc-login")).isVisible();
    }
  }

  @Test
  void isOneClickAwayInTheAdminConsole() {
    add("cleo", ALL);
    try (Visitor cleo = Visitor.of(realm.server(), realm.name())) {
      cleo.page().navigate(cleo.console() + "#/" + realm.name() + "/clients");
      cleo.logIn("cleo", WeakRealm.PASSWORD);
      assertThat(cleo.page().locator("#nav-item-fapi")).isVisible();

      cleo.page().locator("#nav-item-realm-settings").click();
      assertThat(cleo.page()).hasURL(Pattern.compile("/realm-settings"));
      assertThat(cleo.page().locator("#nav-item-fapi")).hasCount(1);
      cleo.page().locator("#nav-item-fapi").click();

      cleo.sees("FAPI overview");
      cleo.link("Back to the admin console").click();
      assertThat(cleo.page().locator("#nav-item-fapi")).isVisible();
    }
  }

  @Test
  void speaksTheLanguageOfTheUser() {
    add("greta", ALL);
    Browser.NewContextOptions german = new Browser.NewContextOptions().setLocale("de-DE");
    try (Visitor greta = Visitor.of(realm.server(), realm.name(), german)) {
      greta.open(realm.name() + "/overview");
      greta.logIn("greta", WeakRealm.PASSWORD);

      greta.sees("FAPI-Übersicht");
      assertThat(greta.page().locator("html")).hasAttribute("lang", "de");
      assertThat(greta.page().getByText(Pattern.compile("fapi\\.[a-z]"))).hasCount(0);
    }
  }

  @Test
  void letsTheBrowserRunNothingButThePagesOwnScripts() {
    try (Visitor nobody = Visitor.of(realm.server(), realm.name())) {
      Map<String, String> headers =
          nobody.page().context().request().get(nobody.address()).headers();

      assertThat(headers.get("content-security-policy"))
          .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(headers)
          .containsEntry("cache-control", "no-store")
          .containsEntry("x-content-type-options", "nosniff")
          .containsEntry("referrer-policy", "no-referrer")
          .containsEntry("x-frame-options", "DENY")
          .containsKey("strict-transport-security");
      assertThat(nobody.page().context().request().get(nobody.address() + "texts?language=de"))
          .isOK();
    }
  }

  @Test
  void isNotThereForARealmThatDoesNotExist() {
    try (Visitor nobody = Visitor.of(realm.server(), "no-such-realm")) {
      Page page = nobody.page();

      assertThat(page.context().request().get(nobody.address()).status()).isEqualTo(404);
      assertThat(page.context().request().post(nobody.console() + "fapi/").status()).isIn(404, 405);
    }
  }

  @Test
  void leavesTheAdminConsoleAsItWas() {
    try (Visitor nobody = Visitor.of(realm.server(), realm.name())) {
      assertThat(nobody.page().context().request().get(nobody.console())).isOK();
      assertThat(nobody.page().context().request().get(nobody.console() + "whoami").status())
          .isEqualTo(401);
    }
  }
}
