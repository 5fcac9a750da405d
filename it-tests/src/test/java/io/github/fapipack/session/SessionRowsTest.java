package io.github.fapipack.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.hibernate.tool.schema.Action;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.jpa.session.JpaUserSessionPersisterProvider;
import org.keycloak.models.jpa.session.PersistentClientSessionEntity;
import org.keycloak.models.jpa.session.PersistentUserSessionEntity;
import org.keycloak.storage.StorageId;

/** Each test shows that Keycloak's own persister gives the same answer. */
class SessionRowsTest {

  private static final String SESSION = "session";
  private static final String CLIENT = "client";
  private static final String ONLINE = "0";

  private static EmbeddedPostgres postgres;
  private static EntityManagerFactory factory;

  /** Which kind of row is locked, and by whom. */
  enum Rows {
    KEYCLOAK_USER_SESSION(JpaUserSessionPersisterProvider::new, false, 2),
    KEYCLOAK_CLIENT_SESSION(JpaUserSessionPersisterProvider::new, true, 2),
    USER_SESSION(SessionRows::new, false, 1),
    CLIENT_SESSION(SessionRows::new, true, 1);

    private final Persister persister;
    private final boolean ofClient;
    private final int statements;

    Rows(Persister persister, boolean ofClient, int statements) {
      this.persister = persister;
      this.ofClient = ofClient;
      this.statements = statements;
    }

    boolean lock(EntityManager entities, String session, boolean isDelete) {
      JpaUserSessionPersisterProvider rows = persister.of(null, entities, 1);
      return ofClient
          ? rows.lockClientSession(null, session, CLIENT, false, isDelete)
          : rows.lockUserSession(null, session, false, isDelete);
    }

    Object read(EntityManager entities) {
      return ofClient
          ? entities.find(PersistentClientSessionEntity.class, clientSessionKey())
          : entities.find(PersistentUserSessionEntity.class, userSessionKey());
    }

    void change(EntityManager entities) {
      Object row = read(entities);
      if (row instanceof PersistentClientSessionEntity session) {
        session.setData("changed");
      } else {
        ((PersistentUserSessionEntity) row).setData("changed");
      }
    }
  }

  /** Both constructors. */
  interface Persister {
    JpaUserSessionPersisterProvider of(
        org.keycloak.models.KeycloakSession session, EntityManager entities, int batch);
  }

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.start();
    factory =
        new HibernatePersistenceConfiguration("sessions")
            .managedClasses(PersistentUserSessionEntity.class, PersistentClientSessionEntity.class)
            .jdbcUrl(postgres.getJdbcUrl("postgres", "postgres"))
            .schemaToolingAction(Action.CREATE)
            .property("hibernate.generate_statistics", true)
            // Some of their queries need the other entities of Keycloak.
            .property("hibernate.query.startup_check", false)
            .createEntityManagerFactory();
  }

  @AfterAll
  static void stop() throws IOException {
    factory.close();
    postgres.close();
  }

  @BeforeEach
  void oneSession() {
    factory.runInTransaction(
        entities -> {
          entities.createQuery("delete from PersistentUserSessionEntity").executeUpdate();
          entities.createQuery("delete from PersistentClientSessionEntity").executeUpdate();
          PersistentUserSessionEntity user = new PersistentUserSessionEntity();
          user.setUserSessionId(SESSION);
          user.setOffline(ONLINE);
          user.setRealmId("realm");
          user.setUserId("user");
          entities.persist(user);
          PersistentClientSessionEntity client = new PersistentClientSessionEntity();
          client.setUserSessionId(SESSION);
          client.setClientId(CLIENT);
          client.setClientStorageProvider(PersistentClientSessionEntity.LOCAL);
          client.setExternalClientId(PersistentClientSessionEntity.LOCAL);
          client.setOffline(ONLINE);
          entities.persist(client);
        });
  }

  @ParameterizedTest
  @EnumSource
  void aRowIsLockedWithAsManyStatementsAsNeeded(Rows rows) {
    factory.runInTransaction(
        entities -> {
          var statistics = factory.unwrap(SessionFactory.class).getStatistics();
          statistics.clear();

          assertThat(rows.lock(entities, SESSION, false)).isTrue();
          rows.read(entities);

          assertThat(statistics.getPrepareStatementCount()).isEqualTo(rows.statements);
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRowOfAClientElsewhereOrOfAnOfflineSessionIsFoundAtOnce(boolean offline) {
    StorageId client = new StorageId("storage", "elsewhere");
    factory.runInTransaction(
        entities -> {
          PersistentClientSessionEntity row = new PersistentClientSessionEntity();
          row.setUserSessionId(SESSION);
          row.setClientId(PersistentClientSessionEntity.EXTERNAL);
          row.setClientStorageProvider(client.getProviderId());
          row.setExternalClientId(client.getExternalId());
          row.setOffline(offline ? "1" : ONLINE);
          entities.persist(row);
        });

    factory.runInTransaction(
        entities -> {
          var statistics = factory.unwrap(SessionFactory.class).getStatistics();
          statistics.clear();

          assertThat(
                  new SessionRows(null, entities, 1)
                      .lockClientSession(null, SESSION, client.getId(), offline, false))
              .isTrue();
          assertThat(statistics.getPrepareStatementCount()).isEqualTo(1);
        });
  }

  @ParameterizedTest
  @EnumSource
  void aLockedRowIsLockedForOthersAndTheyDoNotWait(Rows rows) {
    factory.runInTransaction(
        entities -> {
          rows.lock(entities, SESSION, false);

          assertThat(byOther(other -> rows.lock(other, SESSION, false))).isFalse();
          assertThat(byOther(other -> rows.lock(other, SESSION, true))).isFalse();
        });

    assertThat(byOther(other -> rows.lock(other, SESSION, false))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aRowThatIsMissingCanOnlyBeDeleted(Rows rows) {
    assertThat(byOther(other -> rows.lock(other, "missing", false))).isFalse();
    assertThat(byOther(other -> rows.lock(other, "missing", true))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aRowThatWasReadBeforeAnotherChangedItIsNotUsed(Rows rows) {
    factory.runInTransaction(
        entities -> {
          rows.read(entities);
          inOther(rows::change);

          assertThat(rows.lock(entities, SESSION, false)).isFalse();
        });
  }

  @ParameterizedTest
  @EnumSource
  void aRowThatWasReadBeforeAndDidNotChangeIsLocked(Rows rows) {
    factory.runInTransaction(
        entities -> {
          rows.read(entities);

          assertThat(rows.lock(entities, SESSION, false)).isTrue();
          assertThat(byOther(other -> rows.lock(other, SESSION, false))).isFalse();
        });
  }

  @ParameterizedTest
  @EnumSource
  void aLockedRowIsAsTheLastTransactionLeftIt(Rows rows) {
    inOther(rows::change);

    factory.runInTransaction(
        entities -> {
          rows.lock(entities, SESSION, false);

          assertThat(rows.read(entities)).extracting("data").isEqualTo("changed");
        });
  }

  private static boolean byOther(Function<EntityManager, Boolean> work) {
    return CompletableFuture.supplyAsync(() -> factory.callInTransaction(work)).join();
  }

  private static void inOther(Consumer<EntityManager> work) {
    CompletableFuture.runAsync(() -> factory.runInTransaction(work)).join();
  }

  private static PersistentUserSessionEntity.Key userSessionKey() {
    return new PersistentUserSessionEntity.Key(SESSION, ONLINE);
  }

  private static PersistentClientSessionEntity.Key clientSessionKey() {
    return new PersistentClientSessionEntity.Key(
        SESSION,
        CLIENT,
        PersistentClientSessionEntity.LOCAL,
        PersistentClientSessionEntity.LOCAL,
        ONLINE);
  }
}
