package io.github.fapipack.participants;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.grantmanagement.PostgresServer;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.testing.TestClient;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A directory with 2,000 organisations, and a realm with 10,000 registered clients of them. */
class ParticipantScaleIT {
  private static final int ORGANISATIONS = 2_000;
  private static final int SOFTWARE_OF_EACH = 5;
  private static final Duration MOST = Duration.ofSeconds(2);

  private static JoinedRealm joined;
  private static final LargeList LIST = new LargeList(ORGANISATIONS, SOFTWARE_OF_EACH);
  private static final String SOFTWARE = LargeList.software(1_234, 3);

  private static FapiClient client;

  @BeforeAll
  static void start() throws SQLException {
    joined =
        JoinedRealm.start(PostgresServer.get().server(), "fapi2-security-profile", status -> {});
    joined.directory().participants().serve(LIST::text);
    System.out.printf("First list: %s%n", taken(joined.refresh()));
    client = TestClient.in(joined.realm()).scope("openid").register();
    joined.add(client, SOFTWARE, LargeList.organisation(1_234));
    giveClients();
  }

  @AfterAll
  static void stop() {
    joined.close();
  }

  /** Ten thousand clients in Keycloak's own tables would add minutes and show nothing. */
  private static void giveClients() throws SQLException {
    try (Connection connection = PostgresServer.get().database().connection();
        PreparedStatement update =
            connection.prepareStatement(
                "update FAPI_SOFTWARE set CLIENT_UUID = gen_random_uuid()::text"
                    + " where REALM_ID = ? and CLIENT_UUID is null")) {
      update.setString(1, joined.realm().admin().realm(joined.realm().name()).path("id").asText());
      assertThat(update.executeUpdate()).isEqualTo(ORGANISATIONS * SOFTWARE_OF_EACH - 1);
      // PostgreSQL does so by itself within a minute; before that it plans for empty tables.
      connection.createStatement().execute("analyze FAPI_SOFTWARE, FAPI_ORGANISATION");
    }
  }

  private static Duration taken(JsonNode directory) {
    return Duration.ofMillis(
        directory.path("lastSuccess").asLong() - directory.path("lastAttempt").asLong());
  }

  @Test
  void oneChangeIsReadAndAppliedInTime() {
    joined.refresh();
    for (String state : List.of("SUSPENDED", "ACTIVE", "SUSPENDED", "ACTIVE")) {
      LIST.state(SOFTWARE, state);

      JsonNode directory = joined.refresh();

      System.out.printf("One change to %s: %s%n", state, taken(directory));
      assertThat(directory.path("software").asInt()).isEqualTo(ORGANISATIONS * SOFTWARE_OF_EACH);
      assertThat(taken(directory)).isLessThan(MOST);
      if (state.equals("ACTIVE")) {
        client.clientCredentials().expect();
      } else {
        client.clientCredentials().expectError(400, "unauthorized_client");
      }
    }
  }

  @Test
  void manyChangesAreAppliedInBatches() {
    giveState(400, "SUSPENDED");

    JsonNode directory = joined.refresh();

    System.out.printf("400 organisations suspended: %s%n", taken(directory));
    assertThat(directory.path("problem").isNull()).isTrue();
    assertThat(joined.list("?state=suspended&max=1").path("total").asInt())
        .isEqualTo(400 * SOFTWARE_OF_EACH);
    giveState(400, "ACTIVE");
    joined.refresh();
    assertThat(joined.list("?state=suspended&max=1").path("total").asInt()).isZero();
  }

  private static void giveState(int first, String state) {
    for (int i = 0; i < first; i++) {
      LIST.state(LargeList.organisation(i), state);
    }
  }

  @Test
  void aCertificateNearItsEndIsAFinding() throws SQLException {
    try (Connection connection = PostgresServer.get().database().connection();
        PreparedStatement update =
            connection.prepareStatement(
                "update FAPI_SOFTWARE set CERT_SUBJECT = 'CN=x', CERT_NOT_AFTER = ?"
                    + " where SOFTWARE_ID = ?")) {
      update.setLong(1, System.currentTimeMillis() + Duration.ofDays(10).toMillis());
      update.setString(2, SOFTWARE);
      assertThat(update.executeUpdate()).isEqualTo(1);
    }

    JsonNode findings =
        joined.realm().admin().get("/" + joined.realm().name() + "/fapi/report").path("findings");

    assertThat(findings)
        .anyMatch(
            finding ->
                finding.path("rule").asText().equals("fapi-ecosystem")
                    && finding.at("/where/name").asText().equals(client.clientId())
                    && finding
                        .path("problem")
                        .asText()
                        .contains("has registered expires in 9 days"));
  }

  @Test
  void aPageIsFoundInTime() {
    Duration fastest = Duration.ofDays(1);
    for (int i = 0; i < 5; i++) { // the first one also has the server compile its code
      long begun = System.nanoTime();
      JsonNode page = joined.list("?search=" + SOFTWARE);
      Duration taken = Duration.ofNanos(System.nanoTime() - begun);
      assertThat(page.path("total").asInt()).isEqualTo(1);
      fastest = taken.compareTo(fastest) < 0 ? taken : fastest;
    }

    System.out.printf("A search: %s%n", fastest);
    assertThat(fastest).isLessThan(MOST);
  }
}
