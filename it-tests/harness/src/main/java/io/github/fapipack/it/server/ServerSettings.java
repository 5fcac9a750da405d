package io.github.fapipack.it.server;

import io.github.fapipack.it.pki.Pki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How one server is started.
 *
 * @param workFolder holds the unpacked server, its certificates and its log
 * @param port of the HTTPS listener
 * @param managementPort of health and metrics
 * @param realmFiles imported while the server starts
 * @param buildOptions for {@code kc.sh build}, in addition to the usual ones
 * @param startOptions for {@code kc.sh start}, in addition to the usual ones
 * @param environment of {@code kc.sh start}, in addition to the usual variables
 * @param pki the server's certificates, and the name by which clients know it
 * @param peers servers that are called and whose certificates no known authority has issued
 */
public record ServerSettings(
    Path workFolder,
    int port,
    int managementPort,
    List<Path> realmFiles,
    List<String> buildOptions,
    List<String> startOptions,
    Map<String, String> environment,
    Pki pki,
    List<X509Certificate> peers) {

  /** The harness's clients publish their keys and receive pings on the local machine. */
  private static final String CLIENTS_ARE_HERE =
      "--spi-connections-http-client--fapi-guarded--private-networks=127.0.0.1,::1";

  public ServerSettings {
    realmFiles = List.copyOf(realmFiles);
    buildOptions = List.copyOf(buildOptions);
    startOptions = List.copyOf(startOptions);
    environment = Map.copyOf(environment);
    peers = List.copyOf(peers);
  }

  /** A server on two free ports, without realms. */
  public static ServerSettings onFreePorts(Path workFolder) {
    // Both sockets are open at the same time, so that the ports differ.
    try (ServerSocket https = FreePort.open();
        ServerSocket management = FreePort.open()) {
      return new ServerSettings(
          workFolder,
          https.getLocalPort(),
          management.getLocalPort(),
          List.of(),
          List.of(),
          List.of(CLIENTS_ARE_HERE),
          Map.of(),
          Pki.create(),
          List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same server on a given HTTPS port. */
  public ServerSettings withPort(int newPort) {
    return new ServerSettings(
        workFolder,
        newPort,
        managementPort,
        realmFiles,
        buildOptions,
        startOptions,
        environment,
        pki,
        peers);
  }

  /** The same server with further realms. */
  public ServerSettings withRealms(List<Path> files) {
    return new ServerSettings(
        workFolder,
        port,
        managementPort,
        joined(realmFiles, files),
        buildOptions,
        startOptions,
        environment,
        pki,
        peers);
  }

  /** The same server with further build-time options. */
  public ServerSettings withBuildOptions(String... options) {
    return new ServerSettings(
        workFolder,
        port,
        managementPort,
        realmFiles,
        joined(buildOptions, List.of(options)),
        startOptions,
        environment,
        pki,
        peers);
  }

  /** The same server with further run-time options. */
  public ServerSettings withStartOptions(String... options) {
    return new ServerSettings(
        workFolder,
        port,
        managementPort,
        realmFiles,
        buildOptions,
        joined(startOptions, List.of(options)),
        environment,
        pki,
        peers);
  }

  /** The same server with further environment variables. */
  public ServerSettings withEnvironment(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(variables);
    return new ServerSettings(
        workFolder, port, managementPort, realmFiles, buildOptions, startOptions, all, pki, peers);
  }

  /**
   * The same server under the name of these certificates, which trusts these peers when it calls
   * them.
   */
  public ServerSettings with(Pki otherPki, List<X509Certificate> otherPeers) {
    return new ServerSettings(
        workFolder,
        port,
        managementPort,
        realmFiles,
        buildOptions,
        startOptions,
        environment,
        otherPki,
        otherPeers);
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
