package io.github.fapipack.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Settings of a file and the environment, and what is said of wrong ones. */
class SettingsTest {

  @Test
  void theEnvironmentComesFirst() {
    Settings settings =
        settings(
            Map.of("trusted-proxies", "10.0.0.1", "proxy", "envoy"),
            Map.of("FAPI_TRUSTED_PROXIES", "10.0.0.2", "FAPI_STORE_URL", "redis://localhost"));

    assertThat(settings.text("trusted-proxies")).contains("10.0.0.2");
    assertThat(settings.text("store.url")).contains("redis://localhost");
    assertThat(settings.one("proxy", Proxy.class, Proxy.NGINX)).isEqualTo(Proxy.ENVOY);
    settings.check();
  }

  @Test
  void whatIsNotSaidHasADefault() {
    AuthzSettings settings =
        AuthzSettings.of(settings(Map.of("demands", "GET /a token"), Map.of()));

    assertThat(settings.listen().getAddress().isLoopbackAddress()).isTrue();
    assertThat(settings.listen().getPort()).isEqualTo(9180);
    assertThat(settings.proxy()).isEqualTo(Proxy.NGINX);
    assertThat(settings.threads()).isEqualTo(32);
  }

  @Test
  void allErrorsAreReportedAtOnce() {
    Settings settings =
        settings(
            Map.of(
                "threads", "many",
                "connections", "0",
                "proxy", "apache",
                "others-pass", "yes",
                "listen", "somewhere",
                "trusted-proxies", "10.0.0.0/99",
                "thread", "3"),
            Map.of());
    AuthzSettings.of(settings);

    assertThatIllegalArgumentException()
        .isThrownBy(settings::check)
        .withMessageContaining("demands is missing")
        .withMessageContaining("threads must be a number from 1 to 1024")
        .withMessageContaining("connections must be a number from 1 to 65535")
        .withMessageContaining("proxy must be one of nginx, envoy, traefik, apisix")
        .withMessageContaining("others-pass must be true or false")
        .withMessageContaining("listen must be an address and a port, such as 127.0.0.1:9180")
        .withMessageContaining("trusted-proxies must be networks")
        .withMessageContaining("thread is no setting; there are connections, ");
  }

  @Test
  void anErrorInADemandSaysWhere() {
    Settings settings = settings(Map.of("demands", "GET /a scope=a; GET /b scopes=b"), Map.of());
    AuthzSettings.of(settings);

    assertThatIllegalArgumentException()
        .isThrownBy(settings::check)
        .withMessageContaining("demands must be operations and what they demand")
        .withMessageContaining("but not scopes=b");
  }

  @Test
  void theExampleHasEverySetting() throws IOException {
    Path example = Path.of("fapi-authz.properties");
    Settings settings = Settings.read(Optional.of(example), Map.of());
    AuthzSettings.of(settings);
    ApiSettings.of(settings);
    settings.check();

    assertThat(settings.known())
        .allSatisfy(
            name ->
                assertThat(Files.readString(example)).containsPattern("(?m)^#?" + name + " = "));
  }

  @Test
  void halfOfAClientOrOfAStoreIsAnError() {
    Settings settings =
        settings(
            Map.of(
                "introspection.client-id",
                "api",
                "store",
                "redis",
                "dpop.nonce-secret",
                "c2hvcnQ="),
            Map.of());
    ApiSettings.of(settings);

    assertThatIllegalArgumentException()
        .isThrownBy(settings::check)
        .withMessageContaining("introspection needs both client-id and client-key")
        .withMessageContaining("store.url is missing")
        .withMessageContaining("dpop.nonce-secret must be at least 32 random octets");
  }

  @Test
  void aPreviousSecretOfNoncesWithoutAPresentOneIsAnError() {
    String secret = Base64.getEncoder().encodeToString(new byte[32]);
    Settings settings = settings(Map.of("dpop.previous-nonce-secret", secret), Map.of());
    ApiSettings.of(settings);

    assertThatIllegalArgumentException()
        .isThrownBy(settings::check)
        .withMessageContaining("dpop.nonce-secret is missing");
  }

  private static Settings settings(Map<String, String> file, Map<String, String> environment) {
    Properties properties = new Properties();
    properties.putAll(file);
    return new Settings(properties, environment);
  }
}
