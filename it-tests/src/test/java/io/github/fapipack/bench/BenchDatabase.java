package io.github.fapipack.bench;

import io.github.fapipack.it.server.ServerSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;

/** Where a measured server keeps its data: {@code -Dbench.database}. */
enum BenchDatabase {
  /** Keycloak's own, in the server's process; its work counts as the server's. */
  H2 {
    @Override
    Running start() {
      return new Running() {
        @Override
        public ServerSettings of(ServerSettings server) {
          return server;
        }

        @Override
        public Connection connect() {
          throw new UnsupportedOperationException("only Keycloak itself can open its H2");
        }

        @Override
        public long cpu() {
          return 0;
        }

        @Override
        public void close() {}
      };
    }
  },

  /** A separate PostgreSQL; its work does not count as the server's. */
  POSTGRES {
    @Override
    Running start() {
      try {
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        return new Postgres(postgres, new PostgresCost(postgres));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  };

  abstract Running start();

  /** A database that runs. */
  interface Running extends AutoCloseable {
    /** The same server with this database. */
    ServerSettings of(ServerSettings server);

    /** A connection for the benchmark itself. */
    Connection connect() throws SQLException;

    /** Nanoseconds of processor time outside of the server's process. */
    long cpu();

    @Override
    void close();
  }

  private record Postgres(EmbeddedPostgres postgres, PostgresCost cost) implements Running {
    private static final String NAME = "postgres";

    @Override
    public ServerSettings of(ServerSettings server) {
      return server
          .withBuildOptions("--db=postgres")
          .withStartOptions(
              "--db-url=" + postgres.getJdbcUrl(NAME, NAME),
              "--db-username=" + NAME,
              "--db-password=" + NAME);
    }

    @Override
    public Connection connect() throws SQLException {
      return postgres.getPostgresDatabase().getConnection();
    }

    @Override
    public long cpu() {
      return cost.cpu();
    }

    @Override
    public void close() {
      try {
        postgres.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
