package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.TestRealm;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

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

  /**
   * What a start took.
   *
   * @param cpu the server's processor time in seconds, without its compilers
   */
  private record Start(double seconds, double cpu) {
    Start orLess(Start other) {
      return new Start(Math.min(seconds, other.seconds), Math.min(cpu, other.cpu));
    }

    void addTo(ObjectNode json) {
      json.put("seconds", seconds).put("cpuSeconds", cpu);
    }
  }

  private final BenchSettings settings;

  GrowthRealms(BenchSettings settings) {
    this.settings = settings;
  }

  ObjectNode run() throws SQLException {
    int realms = GrowthScale.number("realms", 500);
    System.out.printf("%n%,d realms%n", realms);
    ObjectNode json = Json.object().put("realms", realms).put("fewRealms", IMPORTED);
    Start pack;
    Start builtIn;
    try (BenchDatabase.Running database = BenchDatabase.POSTGRES.start()) {
      try (MeasuredKeycloak server = start(Contender.PACK_NATIVE, database)) {
        json.put("importSeconds", imports(server));
        restarts(server).addTo(json.putObject("packWithFew"));
        TestRealm original = TestRealm.create(server.keycloak(), TestRealm.export(PROFILE));
        int copies = realms - IMPORTED - 1;
        json.put("copySeconds", copy(database, original, copies));
        pack = restarts(server);
        pack.addTo(json.putObject("pack"));
        json.put("firstRequestSeconds", firstRequest(server, original.name() + "-" + copies));
      }
      try (MeasuredKeycloak server = start(Contender.BUILT_IN, database)) {
        builtIn = restarts(server);
        builtIn.addTo(json.putObject("withoutPack"));
      }
    }
    json.put("ratio", pack.cpu() / builtIn.cpu()).put("passed", pack.cpu() / builtIn.cpu() <= MOST);
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

  /** The least of several, as other load can only make them longer. */
  private static Start restarts(MeasuredKeycloak server) {
    Start least = new Start(Double.MAX_VALUE, Double.MAX_VALUE);
    for (int i = 0; i < RESTARTS; i++) {
      double seconds = server.restart();
      least = least.orLess(new Start(seconds, server.cpuSeconds()));
    }
    return least;
  }

  private static void print(ObjectNode json) {
    System.out.printf(
        Locale.ROOT,
        "%nimport of a realm by the API: %.2f s; the others copied by SQL, all together: %.1f s%n"
            + "first request after the start with all of them: %.2f s%n%n%-34s %9s %9s%n",
        json.path("importSeconds").asDouble(),
        json.path("copySeconds").asDouble(),
        json.path("firstRequestSeconds").asDouble(),
        "start",
        "seconds",
        "CPU s");
    print(json.path("packWithFew"), IMPORTED + " realms");
    print(json.path("pack"), json.path("realms").asInt() + " realms");
    print(json.path("withoutPack"), "the same without the pack");
    System.out.printf(
        Locale.ROOT,
        "%-6s CPU x %.2f of that without the pack (at most %.2f)%n",
        json.path("passed").asBoolean() ? "PASS" : "MISSED",
        json.path("ratio").asDouble(),
        MOST);
  }

  private static void print(JsonNode start, String title) {
    System.out.printf(
        Locale.ROOT,
        "%-34s %9.1f %9.1f%n",
        title,
        start.path("seconds").asDouble(),
        start.path("cpuSeconds").asDouble());
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
