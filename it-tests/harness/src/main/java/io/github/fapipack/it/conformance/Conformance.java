package io.github.fapipack.it.conformance;

import io.github.fapipack.it.admin.AdminFailure;
import io.github.fapipack.it.consent.ConsentServiceStub;
import io.github.fapipack.it.device.AuthenticationDevice;
import io.github.fapipack.it.pki.Pki;
import io.github.fapipack.it.server.DistributionServer;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.Progress;
import io.github.fapipack.it.server.ServerFailure;
import io.github.fapipack.it.server.ServerSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs plans of the OpenID Foundation's conformance suite, which is already running, against a
 * Keycloak with the pack: {@code mvn -Pconformance}.
 */
public final class Conformance {
  private final PrintStream out = System.out;
  private final Harness harness = Harness.fromSystemProperties();
  private final ConformanceOptions options;
  private final Path folder = harness.workFolder("conformance");
  private final Results results = new Results();

  private Conformance(ConformanceOptions options) {
    this.options = options;
  }

  public static void main(String[] arguments) {
    System.exit(status());
  }

  private static int status() {
    try {
      return new Conformance(ConformanceOptions.fromSystemProperties()).run();
    } catch (ServerFailure failure) {
      failure.logTail().forEach(System.err::println);
      System.err.println("ERROR: " + failure.line());
    } catch (AdminFailure failure) {
      System.err.println("ERROR: Keycloak refused what a run needs: " + failure.getMessage());
    } catch (SuiteFailure failure) {
      System.err.println("ERROR: " + failure.getMessage());
    }
    return 2;
  }

  /** 0 if all modules ended well, 1 if one did not. */
  private int run() {
    List<RealmRuns> realms = options.realms().stream().map(RealmRuns::of).toList();
    Pki pki = Pki.forHost(options.host());
    ServerSettings settings =
        ServerSettings.onFreePorts(folder)
            .withPort(options.port())
            .with(pki, SuiteTls.certificates(options.suite()));
    try (AuthenticationDevice device = AuthenticationDevice.start();
        DistributionServer server =
            DistributionServer.start(
                harness, settings.withStartOptions(device.serverOption()), Progress.to(out));
        ConsentServiceStub bank = ConsentServiceStub.start(server);
        ResourceServer resources = ResourceServer.start(pki)) {
      device.trust(pki.sslContext(null));
      realms.forEach(realm -> run(realm, new Surroundings(server, resources, bank, device)));
    }
    results.print(out);
    out.println("Details: " + folder.resolve("results.md") + " and results.json");
    return results.acceptable() ? 0 : 1;
  }

  private void run(RealmRuns realm, Surroundings surroundings) {
    surroundings.prepare(realm, harness.root().resolve("realm-exports"));
    RunSetup setup = new RunSetup(options.suite(), surroundings.server(), surroundings.resources());
    SuiteApi suite = new SuiteApi(options.suite(), options.token());
    PlanExecution execution = new PlanExecution(suite, options.module(), out);
    for (PlanRun run : realm.runs(options.plan())) {
      Template values = setup.create(run);
      surroundings.serve(run, values, suite);
      results.add(execution.run(run, values.fill(run.settings().path("configuration"))));
      results.write(folder);
    }
  }
}
