package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.TestRealm;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** Starts a server again after the database got hundreds of copies of a realm. */
final class GrowthRealms {
  /** How many realms are imported, to see how long one takes. */
  private static final int IMPORTED = 5;

  /** The most that a start may take, relative to that with a few realms. */
  private static final double MOST = 1.5;

  private final BenchSettings settings;

  GrowthRealms(BenchSettings settings) {
    this.settings = settings;
  }

  ObjectNode run() throws SQLException {
    int realms = GrowthScale.number("realms", 500);
    System.out.printf("%n%,d realms%n", realms);
    try (BenchDatabase.Running database = BenchDatabase.POSTGRES.start();
        MeasuredKeycloak server =
            MeasuredKeycloak.start(
                Contender.PACK_NATIVE,
                settings.javaHomes().get(0),
                settings,
                "growth-realms",
                database)) {
      double imported = imports(server);
      double before = server.restart();
      TestRealm original =
          TestRealm.create(server.keycloak(), TestRealm.export("fapi2-security-profile"));
      double copied = copies(database, original, realms - IMPORTED);
      double after = server.restart();
      double first = discovery(server, original.name() + "-" + (realms - IMPORTED));
      System.out.printf(
          Locale.ROOT,
          "import of one realm by the API: %.2f s; all %,d copied by SQL: %.1f s%n"
              + "start with %d realms: %.1f s; with %,d: %.1f s: %s x %.2f (at most %.2f)%n"
              + "first request for the metadata of a realm then: %.2f s%n",
          imported,
          realms - IMPORTED,
          copied,
          IMPORTED,
          before,
          realms,
          after,
          after / before <= MOST ? "PASS" : "MISSED",
          after / before,
          MOST,
          first);
      return Json.object()
          .put("realms", realms)
          .put("importSeconds", imported)
          .put("copySeconds", copied)
          .put("startWithFewSeconds", before)
          .put("startSeconds", after)
          .put("firstRequestSeconds", first)
          .put("passed", after / before <= MOST);
    }
  }

  /** The seconds that one takes. */
  private static double imports(MeasuredKeycloak server) {
    return Seconds.of(
            () -> {
              for (int i = 0; i < IMPORTED; i++) {
                TestRealm.create(server.keycloak(), TestRealm.export("fapi2-security-profile"));
              }
            })
        / IMPORTED;
  }

  private static double copies(BenchDatabase.Running database, TestRealm original, int number)
      throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      long start = System.nanoTime();
      RowCopies copies = new RowCopies(connection);
      copies.add(Original.named("realm", id(connection, original), original.name()), 1, number);
      statement.execute("vacuum analyze");
      return Seconds.since(start);
    }
  }

  private static String id(Connection connection, TestRealm realm) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select id from realm where name = ?")) {
      statement.setString(1, realm.name());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private static double discovery(MeasuredKeycloak server, String realm) {
    return Seconds.of(() -> server.keycloak().admin().get("/" + realm + "/fapi/profiles"));
  }
}
