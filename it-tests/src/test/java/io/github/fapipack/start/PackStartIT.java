package io.github.fapipack.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.fapipack.it.server.DistributionServer;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.Progress;
import io.github.fapipack.it.server.ServerFailure;
import io.github.fapipack.it.server.ServerSettings;
import io.github.fapipack.it.testing.SupportedKeycloak;
import io.github.fapipack.it.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The line in the log at start, and that a server with a missing part does not start. */
class PackStartIT {
  @Test
  void theServerSaysOnceWhatOfThePackIsActive() {
    List<String> lines =
        TestServer.get().log().lines().filter(l -> l.contains("Keycloak FAPI Pack")).toList();

    assertThat(lines)
        .singleElement()
        .asString()
        .contains(
            "Pack " + System.getProperty("pack.version"),
            "on Keycloak " + SupportedKeycloak.VERSION,
            "active: ")
        .containsPattern("http \\d+")
        .containsPattern("token \\d+")
        .doesNotContain("NOT SUPPORTED", "WITHOUT");
  }

  @Test
  void noServerStartsWithoutItsRulesOrTheGateThatEveryTokenPasses() {
    SupportedKeycloak.assume();
    Harness harness = Harness.fromSystemProperties();
    ServerSettings settings =
        ServerSettings.onFreePorts(harness.workFolder("incomplete-server"))
            .withBuildOptions(
                // Without this feature Keycloak asks no rule any more.
                "--features-disabled=client-policies",
                "--spi-token-interceptor--fapi2-last-gate--enabled=false",
                // This part only makes logins faster.
                "--spi-required-action--webauthn-register--enabled=false",
                "--spi-oauth2-token-introspection--access_token--enabled=false")
            .withStartOptions(
                "--spi-fapi-pack--start--without=introspection.AccessTokenIntrospection");

    ServerFailure failure =
        catchThrowableOfType(
            ServerFailure.class,
            () -> DistributionServer.start(harness, settings, Progress.to(System.out)).close());

    assertThat(failure).isNotNull();
    assertThat(failure.logTail())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(
                        "is incomplete, and the rules would not be enforced: ",
                        "feature of Keycloak that it needs is switched off: ",
                        "token.RequireSenderConstrainedToken",
                        "; switched off: protocol.LastGate. ")
                    .doesNotContain(
                        "introspection.AccessTokenIntrospection", "login.SecurityKeySetup"));
  }
}
