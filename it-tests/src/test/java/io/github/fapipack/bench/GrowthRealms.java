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
import java.util.stream.DoubleStream;

/**
 * Starts a server again after the database got hundreds of copies of a realm, and one without the
 * pack with the same database.
 */
final class GrowthRealms {
  /** How many realms are imported, to see how long one takes. */
  private static final int IMPORTED = 5;

  private static final int RESTARTS = 2;

  /** The most that a start may take, relative to a Keycloak without the pack. */
  private static final double MOST = 1.3;

  private static final String PROFILE = "fapi2-security-profile";

  private final BenchSettings settings;

  GrowthRealms(BenchSettings settings) {
    this.settings = settings;
  }

  ObjectNode run() throws SQLException {
    int realms = GrowthScale.number("realms", 500);
    System.out.printf("%n%,d realms%n", realms);
    ObjectNode json = Json.object().put("realms", realms).put("fewRealms", IMPORTED);
    try (BenchDatabase.Running database = BenchDatabase.POSTGRES.start()) {
      double pack;
      try (MeasuredKeycloak server = start(Contender.PACK_NATIVE, database)) {
        json.put("importSeconds", imports(server));
        double few = restarts(server);
        TestRealm original = TestRealm.create(server.keycloak(), TestRealm.export(PROFILE));
        int copies = realms - IMPORTED - 1;
        json.put("copySeconds", copy(database, original, copies));
        pack = restarts(server);
        json.put("startWithFewSeconds", few)
            .put("startSeconds", pack)
            .put("firstRequestSeconds", firstRequest(server, original.name() + "-" + copies));
      }
      try (MeasuredKeycloak server = start(Contender.BUILT_IN, database)) {
        double builtIn = restarts(server);
        json.put("builtInStartSeconds", builtIn).put("passed", pack / builtIn <= MOST);
      }
    }
    print(json);
    return json;
  }

  private MeasuredKeycloak start(Contender contender, BenchDatabase.Running database) {
    return MeasuredKeycloak.start(
        contender,
        settings.javaHomes().get(0),
        settings,
        "growth-realms-" + contender.title(),
        database);
  }

  /** The shortest of several, as other load can only make one longer. */
  private static double restarts(MeasuredKeycloak server) {
    return DoubleStream.generate(server::restart).limit(RESTARTS).min().orElseThrow();
  }

  private static void print(ObjectNode json) {
    double pack = json.path("startSeconds").asDouble();
    double builtIn = json.path("builtInStartSeconds").asDouble();
    System.out.printf(
        Locale.ROOT,
        "%nimport of a realm by the API: %.2f s; the others copied by SQL, all together: %.1f s%n"
            + "start with %d realms: %.1f s; with %,d: %.1f s, without the pack %.1f s:"
            + " %s x %.2f (at most %.2f)%n"
            + "first request to one of them after that: %.2f s%n",
        json.path("importSeconds").asDouble(),
        json.path("copySeconds").asDouble(),
        IMPORTED,
        json.path("startWithFewSeconds").asDouble(),
        json.path("realms").asInt(),
        pack,
        builtIn,
        json.path("passed").asBoolean() ? "PASS  " : "MISSED",
        pack / builtIn,
        MOST,
        json.path("firstRequestSeconds").asDouble());
  }

  /** The seconds that one takes. */
  private static double imports(MeasuredKeycloak server) {
    return Seconds.of(
            () -> {
              for (int i = 0; i < IMPORTED; i++) {
                TestRealm.create(server.keycloak(), TestRealm.export(PROFILE));
              }
            })
        / IMPORTED;
  }

  private static double copy(BenchDatabase.Running database, TestRealm original, int number)
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

  private static double firstRequest(MeasuredKeycloak server, String realm) {
    return Seconds.of(() -> server.keycloak().admin().get("/" + realm + "/fapi/profiles"));
  }
}
