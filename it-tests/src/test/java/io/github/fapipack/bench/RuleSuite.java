package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Times every rule within a real server, on real requests.
 *
 * <p>Comparing runs without single rules does not work, because a rule costs far less than the
 * noise between two runs. A mocked Keycloak does not work either, because a rule's main cost is its
 * calls to Keycloak.
 */
final class RuleSuite implements BenchmarkSuite {
  private static final String EXECUTORS =
      "/META-INF/services/org.keycloak.services.clientpolicy.executor"
          + ".ClientPolicyExecutorProviderFactory";

  private static final int JAVA_WITH_METHOD_TIMING = 25;

  @Override
  public String name() {
    return "rules";
  }

  @Override
  public String question() {
    return "what does each rule cost, and does one that has nothing to say cost anything?";
  }

  @Override
  public void run(Path folder) throws IOException {
    BenchSettings settings = BenchSettings.fromSystemProperties();
    Path javaHome = javaHome(settings);
    String algorithm = settings.algorithms().get(settings.algorithms().size() - 1);
    // Read before anything is pinned, when all cores are visible.
    Map<String, String> machine = HttpSignatureSuite.machine();
    Cores cores = Cores.find();
    Map<Contender, RuleCosts> costs = new EnumMap<>(Contender.class);
    for (Contender contender : List.of(Contender.BUILT_IN, Contender.PACK)) {
      cores.free();
      try (MeasuredKeycloak server = MeasuredKeycloak.start(contender, javaHome, settings)) {
        server.addRealm(algorithm, settings.baseline(), WarmUp.CLIENTS);
        costs.put(contender, measure(server, cores, settings.with(algorithm), folder));
      }
    }
    cores.free();
    RuleReport report = new RuleReport(costs, machine, cores, algorithm);
    report.print(System.out);
    Path file = folder.resolve(name() + ".json");
    ObjectNode json = report.json();
    Files.writeString(file, Json.text(json));
    System.out.println("\n" + file);
  }

  private static RuleCosts measure(
      MeasuredServer server, Cores cores, BenchSettings settings, Path folder) throws IOException {
    MethodTimes times =
        MethodTimes.start(server.process().pid(), folder, RuleCosts.methods(rules()));
    new WarmUp(settings).run(List.of(server));
    cores.pinServer(server.process());
    cores.pinClients();
    List<LoopingClient> one = server.clients(settings.algorithms().get(0), 1);
    // What is timed takes longer than in the other benchmark, and needs no single client's share.
    Duration span = settings.span().multipliedBy(settings.rounds());
    List<Instant> pauses = new ArrayList<>(List.of(MethodTimes.pause()));
    List<Sample> samples = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      samples.add(server.loop().run(operation, one, span));
      pauses.add(MethodTimes.pause());
    }
    return new RuleCosts(rules(), samples, times.between(pauses));
  }

  private static Path javaHome(BenchSettings settings) {
    return Stream.concat(
            settings.javaHomes().stream(),
            Stream.of(Integer.toString(JAVA_WITH_METHOD_TIMING)).map(JavaHomes::find))
        .filter(home -> JavaHomes.feature(home) >= JAVA_WITH_METHOD_TIMING)
        .findFirst()
        .orElseThrow();
  }

  /** The class names of all rules, as Keycloak finds them. */
  private static List<String> rules() {
    try (InputStream content = RuleSuite.class.getResourceAsStream(EXECUTORS);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8))) {
      return lines.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
