package io.github.fapipack.apicheck;

import io.github.fapipack.it.pki.PkiFiles;
import io.github.fapipack.it.server.FreePort;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.JarServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One of the other samples: the same API, with a framework or behind a gateway. */
final class FrameworkApi implements AutoCloseable {
  private static final String SAMPLES = "providers/resource-server/samples/";
  private static final String SPRING_BOOT =
      SAMPLES + "spring-boot/target/fapi-sample-spring-boot.jar";
  private static final String QUARKUS = SAMPLES + "quarkus/target/fapi-sample-quarkus-runner.jar";
  private static final String AUTHZ = "providers/resource-server/authz/target/fapi-authz.jar";
  private static final String PASSWORD = "only-for-a-test";

  private final URI address;
  private final List<AutoCloseable> parts = new ArrayList<>();

  private FrameworkApi(URI resource) {
    this.address = resource.resolve("/");
  }

  /**
   * The API on Spring Boot.
   *
   * @param resource the audience of its tokens; it listens on the host and port of that address
   * @param pki certificates of the server and of the authority of clients
   */
  static FrameworkApi springBoot(URI issuer, URI resource, PkiFiles pki, Path folder) {
    return jar(SPRING_BOOT, "-Dspring.profiles.active=tls", issuer, resource, pki, folder);
  }

  /** The same on Quarkus. */
  static FrameworkApi quarkus(URI issuer, URI resource, PkiFiles pki, Path folder) {
    return jar(QUARKUS, "-Dquarkus.profile=tls", issuer, resource, pki, folder);
  }

  /** An API that checks nothing, behind nginx that asks fapi-authz. */
  static FrameworkApi nginx(URI issuer, URI resource, PkiFiles pki, Path folder) {
    FrameworkApi api = new FrameworkApi(resource);
    try {
      Files.createDirectories(folder);
      BehindNginx behind = BehindNginx.start();
      api.parts.add(behind);
      int authz = FreePort.find();
      Path settings = folder.resolve("fapi-authz.properties");
      Files.write(
          settings,
          List.of(
              "issuer = " + issuer,
              "issuer-authorities = " + pki.serverCa().toAbsolutePath(),
              "resource = " + resource,
              "listen = 127.0.0.1:" + authz,
              "certificate-header = X-Ssl-Client-Cert",
              "demands = GET /accounts/** scope=accounts; POST /payments token"));
      Path log = folder.resolve("fapi-authz.log");
      api.start(AUTHZ, List.of("-Xmx128m"), List.of(settings.toString()), authz, log);
      api.parts.add(new AuthzNginx(folder, pki, authz, behind.port(), resource.getPort()));
      return api;
    } catch (IOException e) {
      api.close();
      throw new UncheckedIOException(e);
    }
  }

  private static FrameworkApi jar(
      String jar, String profile, URI issuer, URI resource, PkiFiles pki, Path folder) {
    FrameworkApi api = new FrameworkApi(resource);
    try {
      Files.createDirectories(folder);
      Path trust = trustStore(pki, folder.resolve("issuer.p12"));
      List<String> options =
          List.of(
              "-Xmx128m",
              "-XX:TieredStopAtLevel=1",
              "-Djavax.net.ssl.trustStore=" + trust,
              "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
              "-DPORT=" + resource.getPort(),
              "-DFAPI_ISSUER=" + issuer,
              "-DFAPI_RESOURCE=" + resource,
              "-DTLS_CERTIFICATE=" + pki.server().toAbsolutePath(),
              "-DTLS_KEY=" + pki.serverKey().toAbsolutePath(),
              "-DTLS_CLIENT_AUTHORITIES=" + pki.clientCa().toAbsolutePath(),
              profile);
      api.start(jar, options, List.of(), resource.getPort(), folder.resolve("api.log"));
      return api;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void start(String jar, List<String> options, List<String> arguments, int port, Path log) {
    Harness harness = Harness.fromSystemProperties();
    parts.add(JarServer.start(harness, options, harness.root().resolve(jar), arguments, port, log));
  }

  private static Path trustStore(PkiFiles pki, Path file) throws IOException {
    try (InputStream pem = Files.newInputStream(pki.serverCa());
        OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry(
          "issuer", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      store.store(out, PASSWORD.toCharArray());
      return file;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** Where it listens, with a final slash. */
  URI address() {
    return address;
  }

  /** An address of the API. */
  URI at(String path) {
    return address.resolve(path);
  }

  @Override
  public void close() {
    List<AutoCloseable> last = new ArrayList<>(parts);
    Collections.reverse(last);
    for (AutoCloseable part : last) {
      try {
        part.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
