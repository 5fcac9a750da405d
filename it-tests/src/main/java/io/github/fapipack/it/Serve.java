package io.github.fapipack.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a Keycloak with the pack for a person to try: {@code mvn -Pserve}. */
public final class Serve {
  private static final String USERNAME = "alice";

  private final PrintStream out = System.out;
  private final Harness harness;
  private final Path folder;

  private Serve(Harness harness) {
    this.harness = harness;
    this.folder = harness.workFolder("serve");
  }

  public static void main(String[] arguments) {
    System.exit(run());
  }

  private static int run() {
    try {
      return new Serve(Harness.fromSystemProperties()).serve(port());
    } catch (ServerFailure failure) {
      failure.logTail().forEach(System.err::println);
      System.err.println("ERROR: " + failure.line());
    } catch (AdminFailure failure) {
      System.err.println("ERROR: Keycloak runs, but refused the samples: " + failure.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 1;
  }

  private static int port() {
    String text = System.getProperty("port", "8443");
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port < 65536) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number out of range.
    }
    throw new ServerFailure("-Dport=" + text + " is no port; give a number from 1 to 65535.");
  }

  private int serve(int port) throws InterruptedException {
    out.println();
    out.println("Keycloak FAPI Pack");
    ServerSettings settings =
        ServerSettings.onFreePorts(folder).withPort(port).withRealms(harness.realmExports());
    try (DistributionServer server =
        DistributionServer.start(harness, settings, Progress.to(out))) {
      PkiFiles pki = new PkiFiles(folder.resolve("pki"));
      SampleClients clients = new SampleClients(server, folder.resolve("clients"), pki.serverCa());
      List<ServedRealm> realms = new ArrayList<>();
      for (Path file : settings.realmFiles()) {
        realms.add(populate(server, clients, Json.read(file)));
      }
      ServeReport report = new ServeReport(server, pki, realms);
      OwnerOnly.write(folder.resolve("serve.json"), Json.text(report.json()));
      report.print(out);
      int status = server.awaitEnd();
      if (server.isStopping()) {
        return 0;
      }
      System.err.println("ERROR: Keycloak ended by itself; its log is " + server.logFile());
      return status == 0 ? 1 : status;
    }
  }

  private static ServedRealm populate(
      KeycloakServer server, SampleClients clients, JsonNode export) {
    String realm = export.path("realm").asText();
    String password = AdminClient.randomPassword();
    server.admin().createUser(realm, SampleUser.json(USERNAME, password));
    return new ServedRealm(
        realm, server.issuer(realm), USERNAME, password, clients.create(realm, USERNAME, password));
  }
}
