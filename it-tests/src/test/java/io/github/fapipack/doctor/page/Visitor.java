package io.github.fapipack.doctor.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import io.github.fapipack.it.page.Chromium;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.KeycloakServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** An administrator with a browser, who records the page's errors. */
final class Visitor implements AutoCloseable {
  /** For each server, the cookies of its administrator's session. */
  private static final ThreadLocal<Map<KeycloakServer, List<Cookie>>> SESSIONS =
      ThreadLocal.withInitial(HashMap::new);

  private final KeycloakServer server;
  private final String loginRealm;
  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  private Visitor(KeycloakServer server, String loginRealm, Browser.NewContextOptions options) {
    this.server = server;
    this.loginRealm = loginRealm;
    this.context = Chromium.get().newContext(options.setIgnoreHTTPSErrors(true));
    context.setDefaultTimeout(30_000);
    this.page = context.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.onDialog(
        dialog -> {
          complaints.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
  }

  /** Somebody who will log in to the given realm. */
  static Visitor of(KeycloakServer server, String loginRealm) {
    return of(server, loginRealm, new Browser.NewContextOptions().setLocale("en-US"));
  }

  static Visitor of(KeycloakServer server, String loginRealm, Browser.NewContextOptions options) {
    return new Visitor(server, loginRealm, options);
  }

  /** Somebody with a screen of the given size who prefers the given colours. */
  static Visitor of(KeycloakServer server, int width, int height, ColorScheme colours) {
    return of(
        server,
        "master",
        new Browser.NewContextOptions()
            .setLocale("en-US")
            .setViewportSize(width, height)
            .setColorScheme(colours));
  }

  /** The server's administrator, at a view of the given realm. */
  static Visitor admin(KeycloakServer server, String route) {
    return of(server, "master").openAsAdmin(route);
  }

  Page page() {
    return page;
  }

  /** Goes to a view of ours, by its address. */
  Visitor open(String route) {
    page.navigate(address() + "#/" + route);
    return this;
  }

  /**
   * Goes to a view of ours as the server's administrator, who has to log in only the first time: a
   * browser keeps the session, and so do the later browsers of the same thread.
   */
  Visitor openAsAdmin(String route) {
    Map<KeycloakServer, List<Cookie>> sessions = SESSIONS.get();
    context.addCookies(sessions.getOrDefault(server, List.of()));
    open(route);
    Locator login = page.locator("#kc-login");
    Locator view = page.locator("main.pf-v5-c-page__main");
    login.or(view).first().waitFor();
    if (login.isVisible()) {
      logIn(server.admin().username(), server.admin().password());
      view.waitFor();
      sessions.put(server, context.cookies());
    }
    return this;
  }

  String address() {
    return console() + "fapi/";
  }

  String console() {
    return server.baseUrl() + "/admin/" + loginRealm + "/console/";
  }

  /** Fills in Keycloak's own login page. */
  void logIn(String username, String password) {
    page.locator("#username").fill(username);
    page.locator("#password").fill(password);
    page.locator("#kc-login").click();
  }

  /** Goes on when the page shows the given heading. */
  void sees(String heading) {
    assertThat(page.getByRole(AriaRole.HEADING, exactly(heading)).first()).isVisible();
  }

  private static Page.GetByRoleOptions exactly(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, exactly(name));
  }

  Locator button(Pattern name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  Locator link(String name) {
    return page.getByRole(AriaRole.LINK, exactly(name));
  }

  /** The row of the table that holds the given text. */
  Locator row(String text) {
    return page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(text));
  }

  Locator dialog() {
    return page.locator("dialog[open]");
  }

  /** The card of a profile. */
  Locator card(String profile) {
    return page.locator("article").filter(new Locator.FilterOptions().setHasText(profile));
  }

  /** Stores a screenshot of the present view. */
  void picture(String name) {
    // Nothing is still loading.
    assertThat(page.locator(".pf-v5-c-skeleton, .pf-v5-c-spinner")).hasCount(0);
    Path folder = Harness.fromSystemProperties().reportFolder("screenshots");
    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
  }

  /** Errors in the browser that the page did not show. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** The browser itself reports an error response that the page has handled. */
  void expectsComplaint(String part) {
    if (!complaints.removeIf(text -> text.contains(part))) {
      throw new AssertionError("Nothing about " + part + " in " + complaints);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
