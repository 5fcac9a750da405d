package io.github.fapipack.trust;

import static io.github.fapipack.it.testing.DocumentedCommands.command;
import static io.github.fapipack.it.testing.DocumentedCommands.putAdministrator;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.directory.Brazil;
import io.github.fapipack.it.directory.Directory;
import io.github.fapipack.it.directory.Software;
import io.github.fapipack.it.directory.UnitedKingdom;
import io.github.fapipack.it.pki.OwnerOnly;
import io.github.fapipack.it.pki.Pem;
import io.github.fapipack.it.testing.DocumentedCommands;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.SoftwareRegistration;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on the pages for banks and for third parties, as they stand there. */
class DocumentedCommandsIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm brazilian;

  @FapiRealm("fapi2-security-profile")
  private static TestRealm british;

  @TempDir private Path folder;

  private DocumentedCommands commands;

  @BeforeEach
  void prepare() throws IOException {
    commands = DocumentedCommands.in(folder, brazilian.server());
  }

  private Map<String, String> variables(TestRealm realm, Software software) {
    Map<String, String> variables = new HashMap<>();
    software.certificate().writePem(commands.file("transport.pem"), commands.file("transport.key"));
    variables.put("ISSUER", realm.issuer().toString());
    variables.put("TRANSPORT", commands.file("transport.pem").toString());
    variables.put("TRANSPORT_KEY", commands.file("transport.key").toString());
    variables.put("STATEMENT", software.statement().sign());
    variables.put("NEW_STATEMENT", software.statement().sign());
    variables.put("JWKS_URI", software.jwksUri().toString());
    variables.put("REDIRECT_URI", software.redirectUris().get(0));
    variables.put("NEW_REDIRECT_URI", software.redirectUris().get(1));
    return variables;
  }

  private static Software software(Directory directory) {
    Software software = directory.organisation("Fintech").software("App");
    String first = software.redirectUris().get(0);
    return software.redirectUris(first, first + "?second=1");
  }

  /** With the names of this server and of the directory. */
  private static String bank(TestRealm realm, Directory directory, String text) throws IOException {
    return command("ECOSYSTEMS.md", text)
        .replaceAll("https://keystore\\.sandbox\\.[^\"]*", directory.jwksUri().toString())
        .replace("username=admin", "username=" + realm.admin().username())
        .replace("--user admin", "--user " + realm.admin().username());
  }

  @Test
  void aBankAdmitsThirdPartiesThatRegisterWithJson() throws Exception {
    try (Directory directory = Directory.start(new Brazil(), brazilian.server())) {
      Software software = software(directory);
      Files.writeString(
          commands.file("sandbox-ca.pem"), directory.certificates().authority().certificatePem());
      Map<String, String> variables = variables(brazilian, software);
      putAdministrator(variables, brazilian);
      variables.put("SOFTWARE", software.id());
      variables.put("ORGANISATION", software.organisation().id());
      variables.put("CLIENT_ID", TestClient.in(brazilian).register().clientId());
      String token = bank(brazilian, directory, "TOKEN=$(");
      List<String> scripts = new ArrayList<>();
      for (String text : List.of("unzip -p", "fapi.ecosystem.brazil-sandbox", "client-scopes")) {
        scripts.add(token + bank(brazilian, directory, text));
      }
      scripts.add(bank(brazilian, directory, "=brazil-sandbox"));
      scripts.add(bank(brazilian, directory, "fapi.organisation-id"));
      scripts.add(token + "{ " + bank(brazilian, directory, "max=1") + "} > look.json");
      scripts.add(command("REGISTERING.md", "METADATA="));
      scripts.add(command("REGISTERING.md", "request.json"));
      scripts.add(token + "{ " + bank(brazilian, directory, "ticket 4711") + "} > suspended.json");
      scripts.add(bank(brazilian, directory, "ticket 4711").replace("suspended", "active"));
      scripts.add(
          command("REGISTERING.md", "manage()")
              .replace("# replace", "> updated.json # replace")
              .replace("manage -X DELETE", "manage -X DELETE -w '%{http_code}' > deleted"));
      scripts.add("SOFTWARE=existing");
      scripts.add(token + "{ " + bank(brazilian, directory, "clientUuid") + "} > existing.json");

      commands.run(variables, scripts);

      assertThat(commands.json("look.json").at("/ecosystem/problem").isNull()).isTrue();
      assertThat(commands.json("client.json").path("software_id").asText())
          .isEqualTo(software.id());
      assertThat(commands.json("suspended.json").path("state").asText()).isEqualTo("suspended");
      assertThat(commands.json("updated.json").at("/redirect_uris/0").asText())
          .isEqualTo(variables.get("NEW_REDIRECT_URI"));
      assertThat(commands.text("deleted")).startsWith("204");
      assertThat(commands.json("existing.json").path("softwareId").asText()).isEqualTo("existing");
    }
  }

  @Test
  void aThirdPartySignsItsRequest() throws Exception {
    try (Directory directory = Directory.start(new UnitedKingdom(), british.server())) {
      SoftwareRegistration.in(british, directory);
      Software software = software(directory);
      Map<String, String> variables = variables(british, software);
      KeyPair keys = software.keys().forAlgorithm("PS256").toRSAKey().toKeyPair();
      OwnerOnly.write(commands.file("signing.key"), Pem.text(keys.getPrivate()));
      variables.put("SIGNING_KEY", commands.file("signing.key").toString());
      variables.put("SIGNING_KID", software.keys().forAlgorithm("PS256").getKeyID());
      variables.put("SOFTWARE_ID", software.id());
      variables.put("AUDIENCE", british.issuer().toString());

      commands.run(
          variables,
          List.of(command("REGISTERING.md", "METADATA="), command("REGISTERING.md", "sign()")));

      assertThat(commands.json("client.json").path("software_id").asText())
          .isEqualTo(software.id());
    }
  }
}
