package io.github.fapipack.it.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The system's Chromium, started when the first test asks for it: one for each thread on which
 * tests run, as Playwright must not be used by two threads. Whoever opens a context closes it.
 */
public final class Chromium {
  private static final List<String> USUAL_PLACES =
      List.of(
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

  /** The server may be busy with something else. */
  private static final double TIMEOUT = 30_000;

  private static final ThreadLocal<Browser> BROWSER = ThreadLocal.withInitial(Chromium::start);

  private Chromium() {}

  /** The running browser; it stops with the JVM. */
  public static Browser get() {
    return BROWSER.get();
  }

  private static Browser start() {
    PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Runtime.getRuntime().addShutdownHook(new Thread(playwright::close, "stop-chromium"));
    return playwright
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(executable())
                .setArgs(List.of("--no-sandbox")));
  }

  private static Path executable() {
    String named = System.getProperty("chromium", "");
    return (named.isEmpty() ? USUAL_PLACES.stream() : Stream.of(named))
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "The tests of what people look at need Chromium: install the packages chromium"
                        + " and fonts-dejavu, or name another one with -Dchromium=/path/to/it"));
  }
}
