package io.github.fapipack.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.fapipack.it.server.DistributionServer;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.Progress;
import io.github.fapipack.it.server.ServerFailure;
import io.github.fapipack.it.server.ServerSettings;
import io.github.fapipack.it.testing.SupportedKeycloak;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Run with {@code -Dkeycloak.version=26.6.4}, for example: the pack refuses to start, with a clear
 * message.
 */
class UnsupportedKeycloakIT {
  @Test
  void noServerStartsOnWhichRulesWouldNotHold() {
    Assumptions.assumeFalse(SupportedKeycloak.is(), "this version is supported");
    Harness harness = Harness.fromSystemProperties();
    ServerSettings settings = ServerSettings.onFreePorts(harness.workFolder("unsupported-server"));

    ServerFailure failure =
        catchThrowableOfType(
            ServerFailure.class,
            () -> DistributionServer.start(harness, settings, Progress.to(System.out)).close());

    assertThat(failure).as("Keycloak %s with the pack", SupportedKeycloak.VERSION).isNotNull();
    assertThat(failure.logTail())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(
                        "Keycloak FAPI Pack " + System.getProperty("pack.version"),
                        "on Keycloak " + SupportedKeycloak.VERSION + " IS NOT SUPPORTED",
                        "Use Keycloak " + System.getProperty("harness.keycloak.api.version"),
                        "take keycloak-fapi-providers.jar out"));
  }
}
