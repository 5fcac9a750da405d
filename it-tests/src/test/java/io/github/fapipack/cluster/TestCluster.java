package io.github.fapipack.cluster;

import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.server.ClusterNode;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.KeycloakCluster;
import io.github.fapipack.it.server.Progress;
import io.github.fapipack.it.server.ServerSettings;
import io.github.fapipack.it.testing.TestRealm;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;

/** Two nodes of Keycloak with the pack on a PostgreSQL of their own. */
final class TestCluster {
  private static final String NAME = "postgres";

  private static TestCluster shared;

  private final EmbeddedPostgres postgres;
  private final KeycloakCluster cluster;

  private TestCluster(EmbeddedPostgres postgres, KeycloakCluster cluster) {
    this.postgres = postgres;
    this.cluster = cluster;
  }

  /** The cluster of this test run, with all nodes alive; it stops with the JVM. */
  static synchronized TestCluster get() {
    if (shared == null) {
      shared = start();
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close, "stop-test-cluster"));
    }
    shared.complete();
    return shared;
  }

  private static TestCluster start() {
    try {
      EmbeddedPostgres postgres = EmbeddedPostgres.start();
      Harness harness = Harness.fromSystemProperties();
      ServerSettings settings =
          ServerSettings.onFreePorts(harness.workFolder("cluster"))
              .withBuildOptions("--db=postgres")
              .withStartOptions(
                  "--db-url=jdbc:postgresql://localhost:" + postgres.getPort() + "/" + NAME,
                  "--db-username=" + NAME,
                  "--db-password=" + NAME,
                  // Both pools must fit into PostgreSQL's limit.
                  "--db-pool-max-size=30");
      return new TestCluster(
          postgres, KeycloakCluster.start(harness, settings, Progress.to(System.out)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ClusterNode one() {
    return cluster.one();
  }

  ClusterNode two() {
    return cluster.two();
  }

  /** Starts the killed nodes again. */
  void complete() {
    cluster.startDead();
  }

  /** How many nodes a node knows, itself included. */
  static int size(ClusterNode node) {
    URI metrics = URI.create("http://127.0.0.1:" + node.managementPort() + "/metrics");
    try {
      String text =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
              .body();
      return text.lines()
          .filter(line -> line.startsWith("vendor_cluster_size{"))
          .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A copy of one of the repository's realms, made at the first node. */
  TestRealm realm(String exportName) {
    return TestRealm.create(one(), TestRealm.export(exportName));
  }

  /** The client as it talks to one node only. */
  static FapiClient at(ClusterNode node, FapiClient client) {
    return client.but().at(node::address).build();
  }

  /** The client as behind a balancer that sends each request to the other node. */
  FapiClient balanced(FapiClient client) {
    AtomicInteger requests = new AtomicInteger();
    return client.but().at(() -> address(requests.getAndIncrement())).build();
  }

  private URI address(int request) {
    return (request % 2 == 0 ? one() : two()).address();
  }

  private void close() {
    cluster.close();
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
