package io.github.fapipack.it.server;

import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.pki.OwnerOnly;
import io.github.fapipack.it.pki.Pki;
import io.github.fapipack.it.pki.PkiFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Nodes of Keycloak with the pack, which share an installation and a database; usually two. */
public final class KeycloakCluster implements AutoCloseable {
  private static final int NODES = 2;

  private final List<ClusterNode> nodes;
  private final WorkFolderLock lock;

  private KeycloakCluster(List<ClusterNode> nodes, WorkFolderLock lock) {
    this.nodes = nodes;
    this.lock = lock;
  }

  /**
   * Starts all nodes with the options of the settings; the ports of the settings are not used.
   *
   * @throws ServerFailure if the cluster cannot be started
   */
  public static KeycloakCluster start(Harness harness, ServerSettings settings, Progress progress) {
    return start(harness, settings, ClusterNode.COMMON_ADDRESS, NODES, progress);
  }

  /**
   * The same with a number of nodes that clients know by an address, for instance a balancer's.
   *
   * @throws ServerFailure if the cluster cannot be started
   */
  public static KeycloakCluster start(
      Harness harness, ServerSettings settings, URI address, int nodes, Progress progress) {
    Path folder = OwnerOnly.folder(settings.workFolder());
    try {
      KeycloakCluster cluster =
          new KeycloakCluster(new ArrayList<>(), WorkFolderLock.acquire(folder));
      try {
        cluster.prepare(folder, harness, settings, address, nodes, progress);
        progress.step("Starting a cluster of Keycloak", cluster::startAll);
        return cluster;
      } catch (Exception e) {
        cluster.close();
        throw e;
      }
    } catch (ServerFailure failure) {
      throw failure;
    } catch (Exception e) {
      throw new ServerFailure("The cluster could not be started: " + e);
    }
  }

  private void prepare(
      Path folder,
      Harness harness,
      ServerSettings settings,
      URI address,
      int howMany,
      Progress progress)
      throws Exception {
    Distribution distribution = new Distribution(folder);
    Path java = harness.serverJavaHome();
    KeycloakScript builder = new KeycloakScript(distribution.home(), java, folder);
    DistributionServer.prepare(distribution, builder, harness, settings, progress);
    distribution.reset(List.of());
    Pki pki = settings.pki();
    PkiFiles files = pki.writeTo(folder.resolve("pki").toAbsolutePath());
    List<String> options = KeycloakOptions.startNode(address, files);
    options.addAll(settings.startOptions());
    // As behind a load balancer, which forwards the requested address.
    options.add("--proxy-headers=xforwarded");
    options.add("--proxy-trusted-addresses=127.0.0.1");
    AdminClient admin = AdminClient.withRandomPassword(address, pki.sslContext(null));
    for (int number = 1; number <= howMany; number++) {
      Path logs = OwnerOnly.folder(folder.resolve("node-" + number));
      KeycloakScript script = new KeycloakScript(distribution.home(), java, logs);
      nodes.add(new ClusterNode(script, address, options, settings.environment(), pki, admin));
    }
  }

  /** Starts the nodes that were killed. */
  public void startDead() {
    nodes.stream().filter(node -> !node.isAlive()).forEach(ClusterNode::start);
  }

  /**
   * One after the other, because on an empty database Keycloak sometimes fails when two nodes
   * create the Liquibase tables at the same time.
   */
  private Void startAll() {
    nodes.forEach(ClusterNode::start);
    return null;
  }

  /** All nodes, also those that do not run. */
  public List<ClusterNode> nodes() {
    return List.copyOf(nodes);
  }

  /** The first node. */
  public ClusterNode one() {
    return nodes.get(0);
  }

  /** The second node. */
  public ClusterNode two() {
    return nodes.get(1);
  }

  @Override
  public void close() {
    nodes.forEach(ClusterNode::close);
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
