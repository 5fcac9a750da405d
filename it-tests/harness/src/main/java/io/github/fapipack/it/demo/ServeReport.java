package io.github.fapipack.it.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.PkiFiles;
import io.github.fapipack.it.samples.DirectorySamples;
import io.github.fapipack.it.samples.SampleApi;
import io.github.fapipack.it.server.DistributionServer;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** What users need to know about a running server, for people and for programs. */
record ServeReport(
    DistributionServer server,
    PkiFiles pki,
    List<ServedRealm> realms,
    ServedDirectory directory,
    URI device,
    URI consents,
    SampleApi api) {

  ServeReport {
    realms = List.copyOf(realms);
  }

  void print(PrintStream out) {
    out.println();
    out.println("Ready. Everything below is made anew at each start.");
    out.println();
    out.println("Admin console    " + server.baseUrl() + "/admin/");
    out.println(
        "                 " + server.admin().username() + " / " + server.admin().password());
    for (ServedRealm realm : realms) {
      out.println();
      out.println("Realm            " + realm.name());
      out.println("  issuer         " + realm.issuer());
      out.println("  user           " + realm.username() + " / " + realm.password());
      out.println("  api            " + api.address(realm.name()) + "/accounts");
      for (Path folder : realm.clientFolders()) {
        out.println("  client         " + folder.getFileName());
        out.println("    keys         " + shown(folder));
        String consent = Json.read(folder.resolve("client.json")).path("consent").asText("");
        if (!consent.isEmpty()) {
          out.println("    consent      " + consent + "   (awaits its user)");
        }
      }
    }
    printDirectory(out);
    out.println();
    out.println(
        "FAPI page        "
            + server.baseUrl()
            + "/admin/master/console/fapi/#/legacy-bank/overview");
    out.println("Weak realm       legacy-bank; what is wrong with it, and how it is put right:");
    out.println("                 " + audit());
    out.println();
    out.println("Trust            " + shown(pki.serverCa()) + "   (for curl --cacert, browsers)");
    out.println("Client CA        " + shown(pki.clientCa()) + ", key in client-ca-key.pem");
    out.println("Auth. device     curl " + device + "/requests   (who is asked, for CIBA)");
    out.println("                 curl -X POST " + device + "/requests/<binding message>/approve");
    out.println("                 (or deny; mvn -Pserve -Ddevice=approve agrees by itself)");
    out.println("Consents         curl " + consents + "/<id>   (the bank's; POST lodges one)");
    out.println(
        "                 curl -X POST " + consents + "/<id>/end   (the bank ends one, and tells)");
    out.println("Sample bank      " + api.address() + "   (log: " + shown(api.logFile()) + ")");
    out.println("  attack it      " + apiCheck());
    out.println("Server log       " + shown(server.logFile()));
    out.println(
        "Health, metrics  http://127.0.0.1:" + server.managementPort() + "/health/ready, /metrics");
    out.println();
    out.println("Sample flow      mvn -Pflow                 (in another terminal, same folder)");
    out.println("Stop             Ctrl-C");
    out.println();
    out.flush();
  }

  private void printDirectory(PrintStream out) {
    Path app = shown(directory.softwareFolder());
    out.println();
    out.println("Directory        " + directory.realm() + ", trusted by " + directory.bank());
    out.println("  pages          " + directory.pages());
    out.println(
        "  operator       " + ServedDirectory.OPERATOR + " / " + directory.operatorPassword());
    out.println(
        "  member         "
            + ServedDirectory.MEMBER
            + " / "
            + directory.memberPassword()
            + "   (administrator of Sample Fintech)");
    out.println("  participants   " + directory.issuer() + "/directory/participants");
    out.println("  authority      " + shown(directory.folder().resolve(DirectorySamples.ISSUERS)));
    out.println("  sample app     " + app + "   (keys, certificate); its statement:");
    out.println("                 " + directory.statementCommand(shown(pki.serverCa()), app));
    out.println("  whole life     mvn -Pflow -Dscenario=onboarding");
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("baseUrl", server.baseUrl().toString())
        .put("port", server.baseUrl().getPort())
        .put("managementPort", server.managementPort())
        .put("serverCa", pki.serverCa().toString())
        .put("consents", consents.toString())
        .put("api", api.address().toString());
    json.putObject("admin")
        .put("username", server.admin().username())
        .put("password", server.admin().password());
    json.set("directory", directory.json());
    ArrayNode list = json.putArray("realms");
    for (ServedRealm realm : realms) {
      ObjectNode entry = list.addObject();
      entry
          .put("name", realm.name())
          .put("issuer", realm.issuer().toString())
          .put("username", realm.username())
          .put("password", realm.password())
          .put("api", api.address(realm.name()).toString());
      ArrayNode clients = entry.putArray("clients");
      for (Path folder : realm.clientFolders()) {
        clients.add(folder.resolve("client.json").toString());
      }
    }
    return json;
  }

  /** A command that attacks the API of the realm that trusts the directory. */
  private String apiCheck() {
    ServedRealm realm =
        realms.stream()
            .filter(one -> one.name().equals(directory.bank()))
            .findFirst()
            .orElseThrow();
    String command =
        "mvn -Papi-check -Dclient-keys=%s -Durl=%s/accounts -Dgrant=authorization_code"
            + " \"-Dscope=openid %s\"";
    return command.formatted(
        shown(realm.clientFolders().get(0).resolve("client.json")),
        api.address(realm.name()),
        SampleApi.ACCOUNTS);
  }

  /** A shell command in one line; providers/DOCTOR.md explains the next steps. */
  private String audit() {
    String curl = "curl -s --cacert " + shown(pki.serverCa());
    return curl
        + " -H \"Authorization: Bearer $("
        + curl
        + " -d grant_type=password -d client_id=admin-cli -d username="
        + server.admin().username()
        + " -d password="
        + server.admin().password()
        + " "
        + server.baseUrl()
        + "/realms/master/protocol/openid-connect/token | sed 's/.*access_token\":\"//;"
        + " s/\".*//')\" "
        + server.baseUrl()
        + "/admin/realms/legacy-bank/fapi/report";
  }

  /** Relative to the current folder if that is shorter. */
  private static Path shown(Path file) {
    Path here = Path.of("").toAbsolutePath();
    return file.startsWith(here) ? here.relativize(file) : file;
  }
}
