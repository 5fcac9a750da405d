package io.github.fapipack.it.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.AddScriptTagOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Scripts and style sheets of the pages, as their formatter and their linter see them: Prettier and
 * TypeScript, from their WebJars, in the browser that the tests of the pages use anyway. So the
 * build needs no Node.
 */
final class PageSources implements AutoCloseable {
  private static final String PRETTIER = "META-INF/resources/webjars/prettier/3.6.2/";
  private static final String TYPESCRIPT = "META-INF/resources/webjars/typescript/5.9.3/lib/";

  private static final Pattern LIBRARY = Pattern.compile("<reference lib=\"([^\"]+)\"");

  private final Page page;
  private boolean lints;

  PageSources() {
    page = Chromium.get().newPage();
    for (String script :
        List.of("standalone", "plugins/babel", "plugins/estree", "plugins/postcss")) {
      page.addScriptTag(new AddScriptTagOptions().setContent(resource(PRETTIER + script + ".js")));
    }
    page.addScriptTag(new AddScriptTagOptions().setContent(resource("/page-sources.js")));
  }

  /** The files with this ending in a folder and below, by their path in it. */
  static Map<String, String> in(Path folder, String ending) {
    try (Stream<Path> files = Files.walk(folder)) {
      Map<String, String> sources = new LinkedHashMap<>();
      for (Path file : files.filter(one -> one.toString().endsWith(ending)).sorted().toList()) {
        sources.put(folder.relativize(file).toString(), Files.readString(file));
      }
      return sources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How the formatter writes a source. */
  String formatted(String name, String source) {
    return (String)
        page.evaluate("([name, source]) => formatted(name, source)", List.of(name, source));
  }

  /** What the linter finds in scripts that import each other. */
  List<?> faultsOfScripts(Map<String, String> scripts) {
    if (!lints) {
      page.addScriptTag(
          new AddScriptTagOptions().setContent(resource(TYPESCRIPT + "typescript.js")));
      lints = true;
    }
    return (List<?>)
        page.evaluate(
            "([scripts, libraries]) => faultsOfScripts(scripts, libraries)",
            List.of(scripts, libraries()));
  }

  /** Declarations of a style sheet that the browser does not understand. */
  List<?> faultsOfStyle(String source) {
    return (List<?>) page.evaluate("source => faultsOfStyle(source)", source);
  }

  /** The declarations of what the language and the browser bring along. */
  private static Map<String, String> libraries() {
    Map<String, String> libraries = new LinkedHashMap<>();
    load(libraries, "lib.esnext.d.ts");
    load(libraries, "lib.dom.d.ts");
    load(libraries, "lib.dom.iterable.d.ts");
    return libraries;
  }

  /** One of them, and those that it refers to. */
  private static void load(Map<String, String> libraries, String name) {
    if (!libraries.containsKey(name)) {
      String text = resource(TYPESCRIPT + name);
      libraries.put(name, text);
      LIBRARY
          .matcher(text)
          .results()
          .forEach(match -> load(libraries, "lib." + match.group(1) + ".d.ts"));
    }
  }

  private static String resource(String name) {
    String path = name.startsWith("/") ? name : "/" + name;
    try (InputStream in = PageSources.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new AssertionError("The class path has no " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    page.close();
  }
}
