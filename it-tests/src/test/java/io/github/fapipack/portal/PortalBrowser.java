package io.github.fapipack.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
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

/** A person with a real browser, a language, a screen and preferred colours. */
final class PortalBrowser implements AutoCloseable {
  private final TestRealm realm;
  private final BrowserContext context;
  private final Page page;
  private final String suffix;
  private final List<String> complaints = new ArrayList<>();

  PortalBrowser(TestRealm realm, String language, int width, ColorScheme colours) {
    this.realm = realm;
    this.suffix = "-" + language + "-" + width + (colours == ColorScheme.DARK ? "-dark" : "");
    this.context =
        Chromium.get()
            .newContext(
                new Browser.NewContextOptions()
                    .setIgnoreHTTPSErrors(true)
                    .setLocale(language)
                    .setViewportSize(width, 800)
                    .setColorScheme(colours));
    context.setDefaultTimeout(30_000);
    this.page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
  }

  Page page() {
    return page;
  }

  /** Opens a page by its path below {@code fapi-scheme}. */
  PortalBrowser open(String path) {
    page.navigate(realm.issuer() + "/fapi-scheme" + (path.isEmpty() ? "" : "/" + path));
    return this;
  }

  PortalBrowser logIn(String name) {
    open("");
    page.locator("#username").fill(name);
    if (page.locator("#password").count() == 0) {
      page.locator("#kc-login").click();
    }
    page.locator("#password").fill(realm.password());
    page.locator("#kc-login").click();
    page.waitForURL(realm.issuer() + "/fapi-scheme");
    return this;
  }

  /**
   * Stores a picture of the whole page, and fails if it is wider than the screen, has barriers or a
   * text that is missing in its language.
   */
  void check(String name) {
    Path folder = Harness.fromSystemProperties().reportFolder("screenshots");
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(folder.resolve("scheme-" + name + suffix + ".png"))
            .setFullPage(true));
    assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .as("%s fits into the width of the screen", name)
        .isTrue();
    assertThat(page.locator("main").innerText()).as(name).doesNotContain("fapi.scheme.");
    assertThat(barriers()).as(name).isEmpty();
  }

  private List<?> barriers() {
    try (InputStream script = PortalBrowser.class.getResourceAsStream("/axe.min.js")) {
      page.evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (List<?>)
        page.evaluate(
            "async () => (await axe.run()).violations.map("
                + "v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary))");
  }

  /** Errors of the browser, such as something that the Content-Security-Policy forbids. */
  List<String> complaints() {
    return complaints;
  }

  @Override
  public void close() {
    context.close();
  }
}
