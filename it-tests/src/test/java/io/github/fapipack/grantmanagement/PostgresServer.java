package io.github.fapipack.grantmanagement;

import io.github.fapipack.it.server.DistributionServer;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.KeycloakServer;
import io.github.fapipack.it.server.Progress;
import io.github.fapipack.it.server.ServerSettings;
import io.github.fapipack.it.testing.NativeCryptoJar;
import io.github.fapipack.it.testing.SupportedKeycloak;
import io.github.fapipack.it.testing.TestRealm;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A Keycloak with the pack on a PostgreSQL of its own, into which a test can look. */
public final class PostgresServer {
  private static final String NAME = "postgres";

  private static PostgresServer shared;

  private final EmbeddedPostgres postgres;
  private final KeycloakServer server;
  private final Database database;

  private PostgresServer(EmbeddedPostgres postgres, KeycloakServer server) {
    this.postgres = postgres;
    this.server = server;
    this.database = Database.at(postgres.getJdbcUrl(NAME, NAME));
  }

  /** The one of this test run; it stops with the JVM. */
  public static synchronized PostgresServer get() {
    SupportedKeycloak.assume();
    if (shared == null) {
      shared = start();
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close, "stop-postgres-server"));
    }
    return shared;
  }

  private static PostgresServer start() {
    try {
      EmbeddedPostgres postgres = EmbeddedPostgres.start();
      Harness harness = Harness.fromSystemProperties().withJars(List.of(NativeCryptoJar.path()));
      ServerSettings settings =
          ServerSettings.onFreePorts(harness.workFolder("postgres-server"))
              // With Keycloak's experimental feature on, everything must work as it does without.
              .withBuildOptions("--db=postgres", "--features=parameterized-scopes")
              .withStartOptions(
                  "--db-url=jdbc:postgresql://localhost:" + postgres.getPort() + "/" + NAME,
                  "--db-username=" + NAME,
                  "--db-password=" + NAME,
                  "--spi-fapi-grants--jpa--prune-seconds=1",
                  "--spi-admin-realm-restapi-extension--fapi--certificate-metrics-seconds=2");
      return new PostgresServer(
          postgres, DistributionServer.start(harness, settings, Progress.to(System.out)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything the server has logged so far. */
  public String log() {
    return server.log();
  }

  /** A copy of one of the repository's realms. */
  public TestRealm realm(String exportName) {
    return TestRealm.create(server, TestRealm.export(exportName));
  }

  public KeycloakServer server() {
    return server;
  }

  /** The server's database, past Keycloak. */
  public Database database() {
    return database;
  }

  /** Access to the grants of a realm, past Keycloak. */
  public StoredGrants grants(TestRealm realm) {
    return new StoredGrants(database, realm);
  }

  private void close() {
    database.close();
    server.close();
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
