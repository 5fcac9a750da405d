package io.github.fapipack.grantmanagement;

import io.github.fapipack.start.PackEntities;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.hibernate.jpa.HibernatePersistenceConfiguration;

/** A database with the tables of the pack in it, made by the change set that Keycloak runs. */
public final class Database implements AutoCloseable {

  private static final int CONNECTIONS = 40;

  /** Hibernate and Liquibase log a lot. */
  private static final List<Logger> TALKATIVE =
      Stream.of("org.hibernate", "liquibase").map(Logger::getLogger).toList();

  static {
    TALKATIVE.forEach(logger -> logger.setLevel(Level.SEVERE));
  }

  private final String name;
  private final String url;
  private final EntityManagerFactory factory;
  private final EmbeddedPostgres postgres;

  private Database(String name, String url, EmbeddedPostgres postgres) {
    this.name = name;
    this.url = url;
    this.postgres = postgres;
    this.factory =
        new HibernatePersistenceConfiguration(name)
            .managedClasses(PackEntities.ALL)
            .jdbcUrl(url)
            .jdbcPoolSize(CONNECTIONS)
            .createEntityManagerFactory();
  }

  /** As Keycloak comes, in memory. */
  public static Database h2() {
    return migrated("H2", "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", null);
  }

  /** A PostgreSQL of its own, which ends with this object. */
  public static Database postgres() {
    try {
      EmbeddedPostgres postgres = EmbeddedPostgres.start();
      return migrated("PostgreSQL", postgres.getJdbcUrl("postgres", "postgres"), postgres);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A database that has the table already. */
  static Database at(String url) {
    return new Database("existing", url, null);
  }

  private static Database migrated(String name, String url, EmbeddedPostgres postgres) {
    migrate(url);
    return new Database(name, url, postgres);
  }

  private static void migrate(String url) {
    try (Connection connection = DriverManager.getConnection(url);
        Liquibase liquibase =
            new Liquibase(
                PackEntities.CHANGE_LOG,
                new ClassLoaderResourceAccessor(),
                DatabaseFactory.getInstance()
                    .findCorrectDatabaseImplementation(new JdbcConnection(connection)))) {
      Scope.child(
          Scope.Attr.ui, new LoggerUIService(), () -> liquibase.update("")); // nothing on stdout
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Works on the table in a transaction of its own. */
  public <T> T inTransaction(Function<EntityManager, T> work) {
    return factory.callInTransaction(work);
  }

  public void run(Consumer<EntityManager> work) {
    factory.runInTransaction(work);
  }

  public EntityManagerFactory factory() {
    return factory;
  }

  public Connection connection() throws java.sql.SQLException {
    return DriverManager.getConnection(url);
  }

  @Override
  public void close() {
    factory.close();
    if (postgres != null) {
      try {
        postgres.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
