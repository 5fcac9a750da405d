package io.github.fapipack.docker;

import io.github.fapipack.it.pki.PkiFiles;
import io.github.fapipack.it.server.DistributionServer;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.Progress;
import io.github.fapipack.it.server.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Keycloak behind a real nginx that forwards client certificates without verifying them. */
final class UnverifiedProxy implements AutoCloseable {
  private final DistributionServer server;
  private final Nginx nginx;

  private UnverifiedProxy(DistributionServer server, Nginx nginx) {
    this.server = server;
    this.nginx = nginx;
  }

  static UnverifiedProxy start(Path folder) throws IOException, InterruptedException {
    Harness harness = Harness.fromSystemProperties();
    ServerSettings settings =
        ServerSettings.onFreePorts(harness.workFolder("proxied-server"))
            .withBuildOptions("--spi-x509cert-lookup--provider=nginx")
            .withStartOptions(
                "--proxy-headers=xforwarded",
                "--proxy-trusted-addresses=127.0.0.1",
                "--spi-x509cert-lookup--nginx--ssl-client-cert=ssl-client-cert",
                "--spi-x509cert-lookup--nginx--certificate-chain-length=2");
    DistributionServer server =
        DistributionServer.start(harness, settings, Progress.to(System.out));
    try {
      Path pki = names(new PkiFiles(settings.workFolder().resolve("pki")), folder.resolve("pki"));
      Nginx nginx =
          new Nginx(
              folder,
              pki,
              settings.port(),
              conf ->
                  conf.replace("ssl_verify_client optional;", "ssl_verify_client optional_no_ca;")
                      .replace("proxy_ssl_name keycloak;", "proxy_ssl_name localhost;"));
      return new UnverifiedProxy(server, nginx);
    } catch (IOException | InterruptedException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** The harness's certificates under the names that nginx.conf has for them. */
  private static Path names(PkiFiles files, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.copy(files.server(), folder.resolve("proxy.crt"));
    Files.copy(files.serverKey(), folder.resolve("proxy.key"));
    Files.copy(files.clientCa(), folder.resolve("client-ca.crt"));
    Files.copy(files.serverCa(), folder.resolve("ca.crt"));
    return folder;
  }

  DistributionServer server() {
    return server;
  }

  /** Where clients reach it. */
  URI address() {
    return URI.create("https://localhost:" + nginx.publicPort());
  }

  @Override
  public void close() {
    nginx.close();
    server.close();
  }
}
