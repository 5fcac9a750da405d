package io.github.fapipack.it.server;

import dasniko.testcontainers.keycloak.KeycloakContainer;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.pki.Pki;
import io.github.fapipack.it.pki.PkiFiles;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.MountableFile;

/** A Keycloak started from its official image, for machines with a container engine. */
public final class ContainerServer implements KeycloakServer {
  private static final String IMAGE = "quay.io/keycloak/keycloak:";
  private static final String HOME = "/opt/keycloak";
  private static final int HTTPS = 8443;

  private final KeycloakContainer container;
  private final URI baseUrl;
  private final Pki pki;
  private final AdminClient admin;

  private ContainerServer(KeycloakContainer container, URI baseUrl, Pki pki, AdminClient admin) {
    this.container = container;
    this.baseUrl = baseUrl;
    this.pki = pki;
    this.admin = admin;
  }

  /**
   * Starts a container and waits until the server in it is ready.
   *
   * @throws ServerFailure if there is no container engine, or Keycloak does not start in it
   */
  public static ContainerServer start(
      Harness harness, String keycloakVersion, ServerSettings settings) {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw new ServerFailure(
          "The profile \"container\" needs a running Docker engine, and none answers;"
              + " start one, or run mvn verify without -Pcontainer.");
    }
    Pki pki = Pki.create();
    URI baseUrl = URI.create("https://localhost:" + settings.port());
    AdminClient admin = AdminClient.withRandomPassword(baseUrl, pki.sslContext(null));
    KeycloakContainer container =
        container(harness, keycloakVersion, settings, pki, baseUrl, admin);
    try {
      container.start();
    } catch (RuntimeException e) {
      String log = container.getLogs();
      container.stop();
      throw new ServerFailure(
          "Keycloak did not start in its container: " + e, log.lines().toList());
    }
    return new ContainerServer(container, baseUrl, pki, admin);
  }

  // The container is closed by its ContainerServer.
  @SuppressWarnings("resource")
  private static KeycloakContainer container(
      Harness harness,
      String keycloakVersion,
      ServerSettings settings,
      Pki pki,
      URI baseUrl,
      AdminClient admin) {
    PkiFiles onHost = pki.writeTo(settings.workFolder().resolve("pki"));
    PkiFiles inside = new PkiFiles(Path.of(HOME, "pki"));
    KeycloakContainer container =
        new KeycloakContainer(IMAGE + keycloakVersion)
            .withProductionMode()
            .withEnabledMetrics()
            .withStartupTimeout(Duration.ofMinutes(4))
            .withAdminUsername(admin.username())
            .withAdminPassword(admin.password())
            .withProviderLibsFrom(harness.jars().stream().map(Path::toFile).toList())
            .withCopyFileToContainer(
                // Readable inside, where the server runs under another user.
                MountableFile.forHostPath(onHost.folder(), 0755), inside.folder().toString());
    for (Path realm : settings.realmFiles()) {
      container.withCopyFileToContainer(
          MountableFile.forHostPath(realm, 0644), HOME + "/data/import/" + realm.getFileName());
    }
    options(settings, inside, baseUrl).forEach(container::withCustomCommand);
    // The issuer holds the port, so the port must be known before the container is started.
    container.setPortBindings(List.of(settings.port() + ":" + HTTPS));
    return container;
  }

  private static List<String> options(ServerSettings settings, PkiFiles pki, URI baseUrl) {
    List<String> options = new ArrayList<>(KeycloakOptions.BUILD);
    options.addAll(settings.buildOptions());
    options.addAll(KeycloakOptions.start(baseUrl, pki));
    options.addAll(settings.startOptions());
    options.add("--import-realm");
    return options;
  }

  @Override
  public URI baseUrl() {
    return baseUrl;
  }

  @Override
  public int managementPort() {
    return container.getHttpMgmtPort();
  }

  @Override
  public Pki pki() {
    return pki;
  }

  @Override
  public AdminClient admin() {
    return admin;
  }

  @Override
  public String log() {
    return container.getLogs();
  }

  @Override
  public void close() {
    container.stop();
  }
}
