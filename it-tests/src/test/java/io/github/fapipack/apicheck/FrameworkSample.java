package io.github.fapipack.apicheck;

import io.github.fapipack.it.pki.PkiFiles;
import io.github.fapipack.it.server.FreePort;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.JarServer;
import io.github.fapipack.it.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

/** A sample API that is written with a framework, as its JAR. */
final class FrameworkSample implements AutoCloseable {
  private static final String SAMPLES = "providers/resource-server/samples";
  private static final String PASSWORD = "changeit";

  private final JarServer process;
  private final int port;

  private FrameworkSample(JarServer process, int port) {
    this.process = process;
    this.port = port;
  }

  static FrameworkSample start(
      Path folder,
      URI issuer,
      URI audience,
      String jar,
      List<String> jvmOptions,
      List<String> arguments) {
    Harness harness = Harness.fromSystemProperties();
    int port = FreePort.find();
    PkiFiles pki = new PkiFiles(folder.resolve("pki"));
    List<String> options = new ArrayList<>(List.of("-Xmx160m", "-XX:+UseSerialGC"));
    options.add("-DPORT=" + port);
    options.add("-DFAPI_ISSUER=" + issuer);
    options.add("-DFAPI_RESOURCE=" + audience);
    options.add("-DTLS_CERTIFICATE=" + pki.server());
    options.add("-DTLS_KEY=" + pki.serverKey());
    options.add("-DTLS_CLIENT_AUTHORITIES=" + pki.clientCa());
    options.add("-Djavax.net.ssl.trustStore=" + trustStore(folder));
    options.add("-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    options.addAll(jvmOptions);
    Path path = harness.root().resolve(SAMPLES).resolve(jar);
    Path log = folder.resolve(path.getFileName() + ".log");
    return new FrameworkSample(JarServer.start(harness, options, path, arguments, port, log), port);
  }

  private static Path trustStore(Path folder) {
    Path file = folder.resolve("issuer.p12");
    try (var out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("ca", TestServer.get().pki().serverCa().certificate());
      store.store(out, PASSWORD.toCharArray());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An address of the API. */
  URI at(String path) {
    return URI.create("https://localhost:" + port + path);
  }

  @Override
  public void close() {
    process.close();
  }
}
