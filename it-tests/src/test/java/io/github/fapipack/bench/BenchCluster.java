package io.github.fapipack.bench;

import io.github.fapipack.bench.NodesFigures.Measured;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.pki.Pki;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.server.ClusterNode;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.KeycloakCluster;
import io.github.fapipack.it.server.Progress;
import io.github.fapipack.it.server.ServerSettings;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Nodes with the pack, a PostgreSQL of their own, and a realm with clients. */
final class BenchCluster implements AutoCloseable {
  private static final String ALGORITHM = "ES256";

  /** The pack as docker/PRODUCTION.md recommends it. */
  private static final Contender CONTENDER = Contender.PACK_TUNED;

  private static final String DATABASE = "postgres";

  private final EmbeddedPostgres postgres;
  private final KeycloakCluster cluster;
  private final PostgresCost database;
  private final TestRealm realm;
  private final List<LoopingClient> clients = new ArrayList<>();

  private BenchCluster(EmbeddedPostgres postgres, KeycloakCluster cluster, TestRealm realm) {
    this.postgres = postgres;
    this.cluster = cluster;
    this.database = new PostgresCost(postgres);
    this.realm = realm;
  }

  /**
   * Starts the nodes with the settings that docker/PRODUCTION.md recommends.
   *
   * @param purpose for which the cluster has a folder of its own
   * @param address by which clients know it
   * @param pki of all nodes
   * @param options with which they start, besides those of every benchmark
   */
  static BenchCluster start(
      String purpose, int nodes, URI address, Pki pki, BenchSettings settings, String... options) {
    Harness harness =
        Harness.fromSystemProperties()
            .withJars(CONTENDER.jars())
            .withJars(settings.packJars())
            .withServerJavaHome(settings.javaHomes().get(0));
    try {
      EmbeddedPostgres postgres = EmbeddedPostgres.start();
      ServerSettings server =
          ServerSettings.onFreePorts(harness.workFolder("bench-" + purpose))
              .with(pki, List.of())
              .withBuildOptions("--db=postgres")
              .withEnvironment(settings.serverEnvironment(CONTENDER))
              .withStartOptions(options)
              .withStartOptions(settings.packOptions())
              .withStartOptions(
                  "--db-url=" + postgres.getJdbcUrl(DATABASE, DATABASE),
                  "--db-username=" + DATABASE,
                  "--db-password=" + DATABASE,
                  // The pools of all nodes must fit into PostgreSQL's limit.
                  "--db-pool-max-size=30");
      KeycloakCluster cluster =
          KeycloakCluster.start(harness, server, address, nodes, Progress.to(System.out));
      TestRealm realm = TestRealm.create(cluster.one(), MeasuredRealm.ofPack(ALGORITHM));
      return new BenchCluster(postgres, cluster, realm);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<ClusterNode> nodes() {
    return cluster.nodes();
  }

  TestRealm realm() {
    return realm;
  }

  /** The processor time of all nodes as they run now. */
  ProcessCost cost() {
    return new ProcessCost(nodes().stream().map(ClusterNode::java).toArray(ProcessHandle[]::new));
  }

  PostgresCost database() {
    return database;
  }

  /**
   * Registers clients, each with a user of its own who logs in and consents.
   *
   * @param route how the client with this number reaches the nodes
   */
  void addClients(int howMany, BiFunction<Integer, FapiClient, FapiClient> route) {
    for (int i = 0; i < howMany; i++) {
      String user = "user-" + clients.size();
      realm.admin().createUser(realm.name(), SampleUser.json(user, realm.password()));
      FapiClient client =
          TestClient.in(realm)
              .altering(registration -> MeasuredRealm.signWith(registration, ALGORITHM))
              .register();
      clients.add(
          LoopingClient.loggedIn(route.apply(clients.size(), client), user, realm.password()));
    }
  }

  List<LoopingClient> clients() {
    return List.copyOf(clients);
  }

  /** Has all clients do flows for this long. */
  Measured flows(Duration span) {
    MachineTime machine = MachineTime.now();
    Sample sample = new ClosedLoop(cost(), database::cpu).run(Operation.FLOW, clients, span);
    return new Measured(sample, MachineTime.now().idleSince(machine));
  }

  @Override
  public void close() {
    cluster.close();
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
