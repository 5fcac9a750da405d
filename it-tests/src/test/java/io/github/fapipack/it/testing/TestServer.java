package io.github.fapipack.it.testing;

import io.github.fapipack.it.device.AuthenticationDevice;
import io.github.fapipack.it.server.ContainerServer;
import io.github.fapipack.it.server.DistributionServer;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.KeycloakServer;
import io.github.fapipack.it.server.Progress;
import io.github.fapipack.it.server.ServerFailure;
import io.github.fapipack.it.server.ServerSettings;

/** The one server of a test run, started when the first test asks for it. */
public final class TestServer {
  private static final AuthenticationDevice DEVICE = AuthenticationDevice.start();
  private static KeycloakServer server;
  private static String failure;

  private TestServer() {}

  /** The running server; it stops with the JVM. */
  public static synchronized KeycloakServer get() {
    SupportedKeycloak.assume();
    if (failure != null) {
      // Not tried again for every test class, because it would fail in the same way, minutes later.
      throw new ServerFailure("The server did not start before: " + failure);
    }
    if (server == null) {
      try {
        server = start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-test-server"));
      } catch (ServerFailure e) {
        failure = e.line();
        throw e;
      }
    }
    return server;
  }

  /** The running server, or null if no test has asked for one. */
  static synchronized KeycloakServer running() {
    return server;
  }

  private static KeycloakServer start() {
    Harness harness = Harness.fromSystemProperties();
    ServerSettings settings =
        ServerSettings.onFreePorts(harness.workFolder("test-server"))
            .withRealms(harness.realmExports())
            .withStartOptions(DEVICE.serverOption());
    KeycloakServer started =
        harness.launcher().equals("container")
            ? ContainerServer.start(
                harness, System.getProperty("harness.keycloak.version"), settings)
            : DistributionServer.start(harness, settings, Progress.to(System.out));
    DEVICE.trust(started.pki().sslContext(null));
    return started;
  }

  /** The authentication device of the server, for CIBA. */
  public static AuthenticationDevice device() {
    return DEVICE;
  }
}
