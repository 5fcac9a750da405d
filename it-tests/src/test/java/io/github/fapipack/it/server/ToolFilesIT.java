package io.github.fapipack.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.pki.PkiFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of docker/tools start a server with the same options as the tests. */
class ToolFilesIT {
  private static final Path FOLDER = Harness.fromSystemProperties().root().resolve("docker/tools");

  /** Those that a file names, and what they are in the tests. */
  private static final List<String> SHARED =
      List.of(
          "https-protocols",
          "https-cipher-suites",
          "spi-login-protocol--openid-connect--add-req-params-max-number",
          "spi-login-protocol--openid-connect--add-req-params-max-size",
          "spi-login-protocol--openid-connect--add-req-params-fail-fast");

  private static Object yaml(String text) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
  }

  private static Map<?, ?> file(String name) {
    try {
      return (Map<?, ?>) yaml(Files.readString(FOLDER.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String ofTests(String option) {
    PkiFiles nowhere = new PkiFiles(FOLDER);
    return KeycloakOptions.start(URI.create("https://id.example"), nowhere).stream()
        .filter(given -> given.startsWith("--" + option + "="))
        .map(given -> given.substring(given.indexOf('=') + 1))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> values(Object list) {
    Map<String, String> values = new HashMap<>();
    for (Object entry : (List<?>) list) {
      Map<?, ?> one = (Map<?, ?>) entry;
      values.put((String) one.get("name"), (String) one.get("value"));
    }
    return values;
  }

  @Test
  void theOperatorStartsWhatTheImageHasBuilt() {
    Map<?, ?> spec = (Map<?, ?>) file("keycloak.yaml").get("spec");

    assertThat(spec.get("startOptimized")).isEqualTo(true);
    assertThat((String) spec.get("image")).contains("keycloak-fapi-pack");
    Map<String, String> options = values(spec.get("additionalOptions"));
    assertThat(options.keySet()).containsExactlyInAnyOrderElementsOf(SHARED);
    SHARED.forEach(option -> assertThat(options).containsEntry(option, ofTests(option)));
  }

  @Test
  void theChartStartsWhatTheImageHasBuilt() {
    Map<?, ?> chart = file("values.yaml");

    assertThat((List<?>) chart.get("command")).last().isEqualTo("--optimized");
    Map<String, String> options = values(yaml((String) chart.get("extraEnv")));
    for (String option : SHARED) {
      String variable = "KC_" + option.toUpperCase(Locale.ROOT).replace("-", "_");
      assertThat(options).containsEntry(variable, ofTests(option));
    }
  }
}
