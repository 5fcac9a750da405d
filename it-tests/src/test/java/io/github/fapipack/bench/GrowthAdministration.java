package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.http.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Times what an administrator does in a realm with a hundred clients, and in one with thousands and
 * millions of events. All clients need the same repairs.
 */
final class GrowthAdministration {
  private static final String PROFILE = "fapi2-security-profile";

  /** For comparison. */
  private static final int FEW = 100;

  /** The most seconds that an administrator should wait. */
  private static final double MOST = 30;

  private static final List<Step> STEPS =
      List.of(
          new Step("audit (report)", "GET", "/fapi/report?profile=" + PROFILE),
          new Step("keys and certificates", "GET", "/fapi/keys"),
          new Step("list of clients", "GET", "/fapi/clients"),
          new Step("clients by state", "GET", "/fapi/clients?sort=state"),
          new Step("progress of the roll-out", "GET", "/fapi/rollout"),
          new Step("refusals", "GET", "/fapi/refusals"),
          new Step("plan of a repair", "POST", "/fapi/apply?profile=" + PROFILE),
          new Step("repair (apply)", "POST", "/fapi/apply?dryRun=false&profile=" + PROFILE),
          new Step("audit after it", "GET", "/fapi/report?profile=" + PROFILE));

  private record Step(String title, String method, String path) {}

  private final BenchSettings settings;

  GrowthAdministration(BenchSettings settings) {
    this.settings = settings;
  }

  ObjectNode run() throws SQLException {
    int many = GrowthScale.number("audited", 10_000);
    GrowthScale large = new GrowthScale(many, 1, 0, GrowthScale.number("events", 10_000_000));
    System.out.printf(Locale.ROOT, "%n%,d clients to audit, %,d events%n", many, large.events());
    try (BenchDatabase.Running database = BenchDatabase.POSTGRES.start();
        MeasuredKeycloak server =
            MeasuredKeycloak.start(
                Contender.PACK_NATIVE,
                settings.javaHomes().get(0),
                settings,
                "growth-administration",
                database)) {
      List<Double> few = time(server, database, new GrowthScale(FEW, 1, 0, 0));
      List<Double> all = time(server, database, large);
      return report(many, few, all);
    }
  }

  private List<Double> time(
      MeasuredKeycloak server, BenchDatabase.Running database, GrowthScale scale)
      throws SQLException {
    MeasuredRealm realm =
        MeasuredRealm.create(
            server.keycloak(), Contender.PACK_NATIVE, settings.baseline(), "ES256", 0);
    fill(database, GrowthTemplate.create(realm, "ES256"), GrowthTemplate.neglected(realm), scale);
    List<Double> seconds = new ArrayList<>();
    for (Step step : STEPS) {
      System.out.printf("  %s ...", step.title());
      seconds.add(
          Seconds.of(
              () -> {
                AdminResponse answer =
                    server
                        .keycloak()
                        .admin()
                        .send(step.method(), "/" + realm.realm().name() + step.path(), null);
                if (answer.status() != 200) {
                  throw new IllegalStateException(
                      step.title() + ": " + answer.status() + " " + answer.body());
                }
              }));
      System.out.printf(Locale.ROOT, " %.2f s%n", seconds.get(seconds.size() - 1));
    }
    return seconds;
  }

  private static void fill(
      BenchDatabase.Running database,
      GrowthTemplate used,
      GrowthTemplate neglected,
      GrowthScale scale)
      throws SQLException {
    try (Connection connection = database.connect()) {
      new GrowthData(connection, used, GrowthAdministration::indented).events(scale);
      GrowthData data = new GrowthData(connection, neglected, GrowthAdministration::indented);
      data.clients(scale.clients());
      data.analyze();
    }
  }

  private static void indented(String line) {
    System.out.println("  " + line);
  }

  private static ObjectNode report(int many, List<Double> few, List<Double> all) {
    ObjectNode json = Json.object().put("few", FEW).put("many", many).put("atMostSeconds", MOST);
    System.out.printf("%n%-28s %,8d clients %,8d clients%n", "", FEW, many);
    for (int i = 0; i < STEPS.size(); i++) {
      boolean passed = all.get(i) <= MOST;
      System.out.printf(
          Locale.ROOT,
          "%-28s %14.2f s %14.2f s  %s%n",
          STEPS.get(i).title(),
          few.get(i),
          all.get(i),
          passed ? "PASS" : "MISSED");
      json.withArray("/steps")
          .addObject()
          .put("step", STEPS.get(i).title())
          .put("secondsAmongFew", few.get(i))
          .put("seconds", all.get(i))
          .put("passed", passed);
    }
    System.out.printf("PASS: at most %.0f s%n", MOST);
    return json;
  }
}
