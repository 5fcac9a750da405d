package io.github.fapipack.authz;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.FapiResourceServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A fapi-authz in a process of its own, as it runs in production. */
final class RunningAuthz implements AutoCloseable {
  private static final String ANSWERS = "fapi-authz answers at ";

  private final Process process;
  private final InetSocketAddress address;

  private RunningAuthz(Process process, InetSocketAddress address) {
    this.process = process;
    this.address = address;
  }

  /** Starts one with these settings, on a free port. */
  static RunningAuthz start(Path folder, Map<String, String> settings) throws IOException {
    Path log = folder.resolve("fapi-authz.log");
    Process process =
        process(folder, settings, List.of("-Xmx64m", "-Dsun.net.httpserver.maxReqTime=3"))
            .redirectError(log.toFile())
            .start();
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(ANSWERS)) {
        int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
        return new RunningAuthz(process, new InetSocketAddress("127.0.0.1", port));
      }
    }
    throw new IllegalStateException("fapi-authz does not start: " + Files.readString(log));
  }

  /** How a process with these settings is started. */
  static ProcessBuilder process(Path folder, Map<String, String> settings, List<String> options)
      throws IOException {
    Path file = folder.resolve("fapi-authz.properties");
    Files.write(
        file,
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + " = " + setting.getValue())
            .toList());
    List<String> command =
        Stream.of(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                options.stream(),
                Stream.of("-cp", classpath(), FapiAuthz.class.getName(), file.toString()))
            .flatMap(part -> part)
            .toList();
    return new ProcessBuilder(command);
  }

  /** What the runnable JAR has in it, as far as these tests need it. */
  private static String classpath() {
    return Stream.of(
            FapiAuthz.class, FapiResourceServer.class, HttpField.class, JWK.class, Caffeine.class)
        .map(RunningAuthz::location)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String location(Class<?> of) {
    try {
      return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  InetSocketAddress address() {
    return address;
  }

  String url(String path) {
    return "http://127.0.0.1:" + address.getPort() + path;
  }

  /** Tells it to stop, and waits until it has. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("fapi-authz does not stop");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
