package io.github.fapipack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.admin.AdminFailure;
import io.github.fapipack.it.consent.ConsentServiceStub;
import io.github.fapipack.it.device.AuthenticationDevice;
import io.github.fapipack.it.device.PingInbox;
import io.github.fapipack.it.ecosystem.EcosystemRealm;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.OwnerOnly;
import io.github.fapipack.it.pki.PkiFiles;
import io.github.fapipack.it.samples.CibaSamples;
import io.github.fapipack.it.samples.EcosystemSamples;
import io.github.fapipack.it.samples.LegacyBank;
import io.github.fapipack.it.samples.SampleApi;
import io.github.fapipack.it.samples.SampleClients;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.server.DistributionServer;
import io.github.fapipack.it.server.FreePort;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.KeycloakServer;
import io.github.fapipack.it.server.Progress;
import io.github.fapipack.it.server.ServerFailure;
import io.github.fapipack.it.server.ServerSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a Keycloak with the pack for manual tests: {@code mvn -Pserve}. */
public final class Serve {
  private static final String USERNAME = "alice";

  /** The realm that trusts the directory. */
  private static final String BANK = "fapi2-security-profile";

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
    return port("port", System.getProperty("port", "8443"));
  }

  /** Of the sample bank; a free one if nobody wants a certain one. */
  private static int apiPort() {
    String text = System.getProperty("api.port");
    return text == null ? FreePort.find() : port("api.port", text);
  }

  private static int port(String name, String text) {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port < 65536) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number out of range.
    }
    throw new ServerFailure(
        "-D%s=%s is no port; give a number from 1 to 65535.".formatted(name, text));
  }

  /** One that waits for an answer or, with {@code -Ddevice=approve}, approves everything. */
  private static AuthenticationDevice device() {
    String habit = System.getProperty("device", "ask");
    return switch (habit) {
      case "ask" -> AuthenticationDevice.start();
      case "approve" -> AuthenticationDevice.answering(AuthenticationDevice.Decision.SUCCEED);
      case "deny" -> AuthenticationDevice.answering(AuthenticationDevice.Decision.UNAUTHORIZED);
      default -> throw new ServerFailure("-Ddevice=" + habit + " is none of ask, approve, deny.");
    };
  }

  private int serve(int port) throws InterruptedException {
    out.println();
    out.println("Keycloak FAPI Pack");
    ServerSettings settings =
        ServerSettings.onFreePorts(folder).withPort(port).withRealms(harness.realmExports());
    PkiFiles pki = new PkiFiles(folder.resolve("pki"));
    try (AuthenticationDevice device = device();
        DistributionServer server =
            DistributionServer.start(
                harness, settings.withStartOptions(device.serverOption()), Progress.to(out));
        PingInbox inbox = PingInbox.start(server.pki().serverCa());
        ConsentServiceStub bank = ConsentServiceStub.start(server);
        SampleApi api = new SampleApi(server, folder.resolve("api"), pki, apiPort())) {
      device.trust(server.pki().sslContext(null));
      SampleClients clients =
          new SampleClients(server, folder.resolve("clients"), pki.serverCa(), Optional.of(api));
      CibaSamples ciba = new CibaSamples(server, device, inbox);
      EcosystemSamples third = new EcosystemSamples(server, bank);
      List<ServedRealm> realms = new ArrayList<>();
      ServedDirectory directory = null;
      for (Path file : settings.realmFiles()) {
        JsonNode export = Json.read(file);
        if (ServedDirectory.describedBy(export)) {
          String realm = export.path("realm").asText();
          directory = ServedDirectory.create(server, realm, BANK, folder.resolve("directory"));
        } else {
          Optional<EcosystemRealm> ecosystem = EcosystemRealm.of(harness.root(), export);
          api.serve(export, accountsScope(ecosystem));
          realms.add(
              ecosystem.isPresent()
                  ? populate(third, clients, ecosystem.get())
                  : populate(server, clients, ciba, export));
        }
      }
      api.start(harness);
      server.admin().importRealm(LegacyBank.realm());
      // The admin console theme of the realm for logins, so that the console links to the FAPI
      // page.
      server.admin().updateRealm("master", Json.object().put("adminTheme", "fapi"));
      ServeReport report =
          new ServeReport(
              server, pki, realms, directory, device.address(), bank.lodgingAddress(), api);
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

  /** Some ecosystems name the consent in the scope itself. */
  private static String accountsScope(Optional<EcosystemRealm> ecosystem) {
    return ecosystem
        .map(realm -> realm.carrier().carryingScope(""))
        .filter(scope -> scope.startsWith(SampleApi.ACCOUNTS + ":"))
        .orElse(SampleApi.ACCOUNTS);
  }

  private static ServedRealm populate(
      KeycloakServer server, SampleClients clients, CibaSamples ciba, JsonNode export) {
    String realm = export.path("realm").asText();
    String password = AdminClient.randomPassword();
    server.admin().createUser(realm, SampleUser.json(USERNAME, password));
    List<Path> folders =
        CibaSamples.areFor(export)
            ? ciba.create(clients, realm, USERNAME, password)
            : clients.create(realm, isForHybridFlow(export), USERNAME, password);
    return new ServedRealm(realm, server.issuer(realm), USERNAME, password, folders);
  }

  private static ServedRealm populate(
      EcosystemSamples samples, SampleClients clients, EcosystemRealm ecosystem) {
    KeycloakServer server = samples.server();
    String realm = ecosystem.name();
    String password = AdminClient.randomPassword();
    samples.connect(ecosystem);
    server.admin().createUser(realm, EcosystemSamples.user(ecosystem, USERNAME, password));
    List<Path> folders = samples.create(clients, ecosystem, USERNAME, password);
    return new ServedRealm(realm, server.issuer(realm), USERNAME, password, folders);
  }

  private static boolean isForHybridFlow(JsonNode export) {
    return export.findValuesAsText("executor").contains("fapi1-restrict-response-type");
  }
}
