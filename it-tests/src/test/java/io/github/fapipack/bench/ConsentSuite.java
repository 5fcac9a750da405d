package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.consent.LodgedConsent;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.server.DistributionServer;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.Progress;
import io.github.fapipack.it.server.ServerSettings;
import io.github.fapipack.it.testing.BankRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * What the check of a bank's consent costs: refreshes of a grant with a consent, whose state is
 * known from a moment ago, beside refreshes of a grant without one, in turn at one server.
 */
final class ConsentSuite implements BenchmarkSuite {
  private static final int WARM_UP = 3_000;
  private static final int REFRESHES = 300;
  private static final int ROUNDS = 15;

  @Override
  public String name() {
    return "consents";
  }

  @Override
  public String question() {
    return "how much processor time does the check of a bank's consent add to a refresh?";
  }

  @Override
  public void run(Path folder) throws IOException {
    Harness harness = Harness.fromSystemProperties();
    ServerSettings settings = ServerSettings.onFreePorts(harness.workFolder("bench-consents"));
    Progress progress = Progress.to(System.out);
    try (DistributionServer server = DistributionServer.start(harness, settings, progress);
        BankRealm bank =
            BankRealm.create(
                server,
                "fapi2-security-profile",
                "{\"reference\":{\"scope\":\"consent:\"},\"recheck\":300}",
                Map.of())) {
      ObjectNode result = measure(new ProcessCost(server.java()), bank);
      Files.writeString(folder.resolve(name() + ".json"), result.toPrettyString());
    }
  }

  private static ObjectNode measure(ProcessCost cost, BankRealm bank) {
    Refreshes with = Refreshes.of(bank, true);
    Refreshes without = Refreshes.of(bank, false);
    with.repeat(WARM_UP);
    without.repeat(WARM_UP);
    double[] checked = new double[ROUNDS];
    double[] plain = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      checked[round] = with.measured(cost);
      plain[round] = without.measured(cost);
    }
    double difference = median(checked) - median(plain);
    System.out.printf(
        "  a refresh with a consent %.2f ms of the server's processor time, without %.2f ms:"
            + " difference %.2f ms, ratio %.2f%n",
        median(checked), median(plain), difference, median(checked) / median(plain));
    return Json.object()
        .put("withConsentMillis", median(checked))
        .put("withoutConsentMillis", median(plain))
        .put("differenceMillis", difference);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** One client that refreshes again and again. */
  private record Refreshes(FapiClient client, Tokens tokens) {

    static Refreshes of(BankRealm bank, boolean consent) {
      FapiClient client = TestClient.in(bank.realm()).register();
      LodgedConsent lodged = bank.service().lodge(ConsentDraft.of(client.clientId()));
      FapiRequest<Pushed> request =
          consent
              ? client.par().with("scope", "openid consent:" + lodged.id())
              : client.par().with("grant_management_action", "create");
      return new Refreshes(
          client,
          client
              .token(
                  client
                      .visit(request.expect())
                      .as(TestRealm.USERNAME, bank.realm().password())
                      .expectCode())
              .expect());
    }

    void repeat(int times) {
      for (int time = 0; time < times; time++) {
        client.refresh(tokens).expect();
      }
    }

    /** Milliseconds of the server's processor time per refresh, without the compilers'. */
    double measured(ProcessCost cost) {
      long before = cost.cpu() - cost.compilers();
      repeat(REFRESHES);
      return (cost.cpu() - cost.compilers() - before) / 1e6 / REFRESHES;
    }
  }
}
