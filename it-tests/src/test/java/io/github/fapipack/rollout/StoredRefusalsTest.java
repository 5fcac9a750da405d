package io.github.fapipack.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.keycloak.events.Event;
import org.keycloak.events.jpa.EventEntity;

/** Finds a few refusals among many events of logins, with the indexes that Keycloak makes. */
class StoredRefusalsTest {
  private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");

  private static final int LOGINS = 20_000;
  private static final int REFUSALS = 12;

  private static final String INSERT =
      """
      insert into EVENT_ENTITY (ID, REALM_ID, CLIENT_ID, USER_ID, TYPE, EVENT_TIME, ERROR,
        DETAILS_JSON_LONG_VALUE)
      select '%1$s-' || n, 'realm', 'client-' || n %% 2, %2$s, '%3$s', n * %4$d, null,
        '{"fapi_rule":"fapi2-require-pkce"}'
      from generate_series(1, %5$d) as n
      """;

  private static EmbeddedPostgres postgres;
  private static EntityManagerFactory factory;

  @BeforeAll
  static void fill() throws IOException {
    HIBERNATE.setLevel(Level.SEVERE);
    postgres = EmbeddedPostgres.start();
    factory =
        new HibernatePersistenceConfiguration("events")
            .managedClasses(EventEntity.class)
            .jdbcUrl(postgres.getJdbcUrl("postgres", "postgres"))
            .property("jakarta.persistence.schema-generation.database.action", "create")
            .createEntityManagerFactory();
    String refusal = "CLIENT_INFO_ERROR";
    factory.runInTransaction(
        entities -> {
          for (String sql :
              List.of(
                  "create index IDX_EVENT_TIME on EVENT_ENTITY (REALM_ID, EVENT_TIME)",
                  "create index IDX_EVENT_ENTITY_USER_ID_TYPE"
                      + " on EVENT_ENTITY (USER_ID, TYPE, EVENT_TIME)",
                  INSERT.formatted("login", "'user-' || n % 100", "LOGIN", 1, LOGINS),
                  INSERT.formatted("client", "null", "CLIENT_LOGIN", 1, LOGINS),
                  INSERT.formatted("refusal", "null", refusal, LOGINS / REFUSALS, REFUSALS))) {
            entities.createNativeQuery(sql).executeUpdate();
          }
        });
    factory.runInTransaction(
        entities -> entities.createNativeQuery("analyze EVENT_ENTITY").executeUpdate());
  }

  @AfterAll
  static void close() throws IOException {
    factory.close();
    postgres.close();
  }

  @Test
  void readsNothingElse() {
    long before = rowsRead();
    List<Event> found = found(new StoredRefusals("realm", null, 0, Long.MAX_VALUE), 0);
    assertThat(found).hasSize(REFUSALS);
    assertThat(rowsRead() - before).isLessThan(10L * REFUSALS);
  }

  @Test
  void listsTheLatestFirst() {
    List<Event> found = found(new StoredRefusals("realm", null, 0, Long.MAX_VALUE), 0);
    assertThat(found).extracting(Event::getId).startsWith("refusal-12", "refusal-11");
    assertThat(found.get(0).getDetails()).containsEntry("fapi_rule", "fapi2-require-pkce");
    assertThat(found(new StoredRefusals("realm", null, 0, Long.MAX_VALUE), 10)).hasSize(2);
  }

  @Test
  void keepsToTheTimeTheClientAndTheRealm() {
    int step = LOGINS / REFUSALS;
    assertThat(found(new StoredRefusals("realm", null, 2L * step, 4L * step), 0))
        .extracting(Event::getId)
        .containsExactly("refusal-4", "refusal-3", "refusal-2");
    assertThat(found(new StoredRefusals("realm", "client-1", 0, Long.MAX_VALUE), 0))
        .extracting(Event::getClientId)
        .hasSize(REFUSALS / 2)
        .containsOnly("client-1");
    assertThat(found(new StoredRefusals("other", null, 0, Long.MAX_VALUE), 0)).isEmpty();
  }

  private static List<Event> found(StoredRefusals refusals, int first) {
    return inTransaction(
        entities -> {
          List<Event> found = refusals.list(entities, first, 100);
          // PostgreSQL would count what was read only some time later.
          entities.createNativeQuery("select pg_stat_force_next_flush()").getResultList();
          return found;
        });
  }

  /** The rows that PostgreSQL has read from the table, whichever way. */
  private static long rowsRead() {
    return inTransaction(
        entities ->
            ((Number)
                    entities
                        .createNativeQuery(
                            "select seq_tup_read + idx_tup_fetch from pg_stat_user_tables"
                                + " where relname = 'event_entity'")
                        .getSingleResult())
                .longValue());
  }

  private static <T> T inTransaction(Function<EntityManager, T> work) {
    return factory.callInTransaction(work);
  }
}
