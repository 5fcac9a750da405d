package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.page.Chromium;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.testing.TestRealm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A user with a browser, without JavaScript on the pack's own pages. */
final class PageVisitor implements AutoCloseable {
  private final TestRealm realm;
  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  private PageVisitor(TestRealm realm, Browser.NewContextOptions options) {
    this.realm = realm;
    this.context = Chromium.get().newContext(options.setIgnoreHTTPSErrors(true));
    context.setDefaultTimeout(30_000);
    // Where the client would be.
    context.route("https://client.localhost/**", route -> route.fulfill());
    this.page = context.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
  }

  /** A user with a language, a screen and a preferred colour scheme. */
  static PageVisitor of(
      TestRealm realm, String language, int width, int height, ColorScheme colours) {
    return new PageVisitor(
        realm,
        new Browser.NewContextOptions()
            .setLocale(language)
            .setViewportSize(width, height)
            .setColorScheme(colours));
  }

  Page page() {
    return page;
  }

  /** Asks for something and logs in, which leads to the consent page. */
  PageVisitor ask(FapiClient client, String details, String... grant) {
    var par = client.par().with("authorization_details", details);
    for (int i = 0; i < grant.length; i += 2) {
      par = par.with(grant[i], grant[i + 1]);
    }
    Pushed pushed = par.expect();
    page.navigate(client.visit(pushed).address().toString());
    if (page.locator("#password").count() > 0) {
      logIn();
    }
    return this;
  }

  void logIn() {
    page.locator("#username").fill(TestRealm.USERNAME);
    page.locator("#password").fill(realm.password());
    page.locator("#kc-login").click();
  }

  /** Stores a screenshot of the whole page, and fails if it is wider than the screen. */
  void picture(String name) {
    Path folder = Harness.fromSystemProperties().reportFolder("screenshots");
    page.screenshot(
        new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")).setFullPage(true));
    assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .as("%s fits into the width of the screen", name)
        .isTrue();
  }

  /** What axe-core finds. */
  List<?> barriers() {
    try (InputStream script = PageVisitor.class.getResourceAsStream("/axe.min.js")) {
      page.evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (List<?>)
        page.evaluate(
            "async () => (await axe.run()).violations.map("
                + "v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary))");
  }

  List<String> complaints() {
    return complaints;
  }

  @Override
  public void close() {
    context.close();
  }
}
