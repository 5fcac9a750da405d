package io.github.fapipack.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Fills a realm in PostgreSQL with copies of one client and one user, which were made by the admin
 * API and used: of what they are and of what their requests have left.
 */
final class GrowthData {
  private static final long RETENTION = Duration.ofDays(30).toMillis();

  private final Connection connection;
  private final RowCopies copies;
  private final GrowthTemplate template;
  private final Consumer<String> progress;
  private final String client;
  private final String user;

  GrowthData(Connection connection, GrowthTemplate template, Consumer<String> progress)
      throws SQLException {
    this.connection = connection;
    this.copies = new RowCopies(connection);
    this.template = template;
    this.progress = progress;
    this.client = id("select id from client where client_id = ?", template.clientId());
    this.user = id("select id from user_entity where username = ?", template.username());
  }

  /**
   * Adds everything; clients and users get the numbers from 1 on, and each of the clients has the
   * consent of a user among those that have sessions.
   *
   * @param sessions how many users have sessions
   */
  void fill(GrowthScale scale, int sessions) throws SQLException {
    clients(scale.clients());
    add("users", Original.named("user_entity", user, template.username()), scale.users());
    consents(scale, sessions);
    if (scale.grants() > 0) {
      grants(scale);
    }
    events(scale);
    analyze();
  }

  /** Adds clients alone. */
  void clients(int number) throws SQLException {
    add("clients", Original.named("client", client, template.clientId()), number);
  }

  /** Lets PostgreSQL know what it has now, and end the work that it has put off. */
  void analyze() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("vacuum analyze");
      statement.execute("checkpoint");
    }
  }

  private void consents(GrowthScale scale, int sessions) throws SQLException {
    String consent = id("select id from user_consent where client_id = ?", client);
    String ofSession = "1 + (n - 1) %% %d".formatted(sessions);
    copies.add(
        new Original("user_consent", consent, Map.of(client, "n", user, ofSession), Map.of()),
        1,
        scale.clients());
    String ofAnyClient = "1 + (n - 1) %% %d".formatted(scale.clients());
    copies.add(
        new Original("user_consent", consent, Map.of(client, ofAnyClient, user, "n"), Map.of()),
        scale.clients() + 1L,
        scale.users());
  }

  private void grants(GrowthScale scale) throws SQLException {
    String grant = id("select id from fapi_grant where client_id = ?", client);
    add(
        "grants",
        new Original("fapi_grant", grant, ofClientAndUser(client, user, scale), Map.of()),
        scale.grants());
  }

  /**
   * Adds as many copies of each event that the client's flows have left, spread over a month, about
   * all clients and users in turn.
   */
  void events(GrowthScale scale) throws SQLException {
    if (scale.events() == 0) {
      return;
    }
    List<String> originals =
        ids("select id from event_entity where client_id = ?", template.clientId());
    int each = scale.events() / originals.size();
    String time = System.currentTimeMillis() + " - n * " + RETENTION + " / " + each;
    for (String event : originals) {
      add(
          "events",
          new Original(
              "event_entity",
              event,
              ofClientAndUser(template.clientId(), user, scale),
              Map.of("event_time", time)),
          each);
    }
  }

  private static Map<String, String> ofClientAndUser(
      String client, String user, GrowthScale scale) {
    return Map.of(
        client, "1 + (n - 1) %% %d".formatted(scale.clients()),
        user, "1 + (n - 1) %% %d".formatted(scale.users()));
  }

  private void add(String what, Original original, int number) throws SQLException {
    long start = System.nanoTime();
    long rows = copies.add(original, 1, number);
    progress.accept(
        String.format(
            Locale.ROOT,
            "%,d %s in %,d rows: %.1f s",
            number,
            what,
            rows,
            (System.nanoTime() - start) / 1e9));
  }

  private String id(String query, String value) throws SQLException {
    List<String> found = ids(query, value);
    if (found.isEmpty()) {
      throw new IllegalStateException("no row: " + query + " with " + value);
    }
    return found.get(0);
  }

  private List<String> ids(String query, String value) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, value);
      List<String> ids = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          ids.add(result.getString(1));
        }
      }
      return ids;
    }
  }
}
