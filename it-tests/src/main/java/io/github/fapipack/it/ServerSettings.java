package io.github.fapipack.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
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
 * @param buildOptions given to {@code kc.sh build} beyond the usual ones
 * @param startOptions given to {@code kc.sh start} beyond the usual ones
 * @param environment of {@code kc.sh start} beyond the usual variables
 */
public record ServerSettings(
    Path workFolder,
    int port,
    int managementPort,
    List<Path> realmFiles,
    List<String> buildOptions,
    List<String> startOptions,
    Map<String, String> environment) {

  public ServerSettings {
    realmFiles = List.copyOf(realmFiles);
    buildOptions = List.copyOf(buildOptions);
    startOptions = List.copyOf(startOptions);
    environment = Map.copyOf(environment);
  }

  /** A server on two ports that nobody uses at the moment, without realms. */
  public static ServerSettings onFreePorts(Path workFolder) {
    // Both sockets are open at once, so that the system cannot hand out one port twice.
    try (ServerSocket https = new ServerSocket(0, 1, loopback());
        ServerSocket management = new ServerSocket(0, 1, loopback())) {
      return new ServerSettings(
          workFolder,
          https.getLocalPort(),
          management.getLocalPort(),
          List.of(),
          List.of(),
          List.of(),
          Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same server on a given HTTPS port. */
  public ServerSettings withPort(int newPort) {
    return new ServerSettings(
        workFolder, newPort, managementPort, realmFiles, buildOptions, startOptions, environment);
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
        environment);
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
        environment);
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
        environment);
  }

  /** The same server with further environment variables. */
  public ServerSettings withEnvironment(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(variables);
    return new ServerSettings(
        workFolder, port, managementPort, realmFiles, buildOptions, startOptions, all);
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }
}
