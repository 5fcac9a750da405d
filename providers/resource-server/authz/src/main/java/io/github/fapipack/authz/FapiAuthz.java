package io.github.fapipack.authz;

import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.routes.Gate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A server that tells nginx ({@code auth_request}), Envoy ({@code ext_authz}), Traefik ({@code
 * ForwardAuth}) and APISIX ({@code forward-auth}) whether a request may reach the API behind them.
 *
 * <pre>{@code
 * java -jar fapi-authz.jar fapi-authz.properties
 * }</pre>
 */
public final class FapiAuthz {
  private static final int MISCONFIGURED = 78;

  private FapiAuthz() {}

  /** Starts it, and stops it when the process is told to end. */
  public static void main(String[] arguments) {
    try {
      AuthzServer server = start(arguments, System.getenv());
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
      System.out.println("fapi-authz answers at " + server.address());
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(MISCONFIGURED);
    } catch (IOException failed) {
      System.err.println("fapi-authz does not start: " + failed);
      System.exit(1);
    }
  }

  private static AuthzServer start(String[] arguments, Map<String, String> environment)
      throws IOException {
    if (arguments.length > 1) {
      throw new IllegalArgumentException("usage: java -jar fapi-authz.jar [FILE.properties]");
    }
    Optional<Path> file =
        arguments.length == 0 ? Optional.empty() : Optional.of(Path.of(arguments[0]));
    Settings settings = Settings.read(file, environment);
    AuthzSettings server = AuthzSettings.of(settings);
    ApiSettings api = ApiSettings.of(settings);
    settings.check();
    HttpLimits.apply(server.connections());
    FapiResourceServer checks = api.resourceServer(server, api.store().open());
    return AuthzServer.start(server, new Gate(checks, server.demands()));
  }
}
