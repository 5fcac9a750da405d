package io.github.fapipack.scheme;

import static io.github.fapipack.it.testing.DocumentedCommands.command;
import static io.github.fapipack.it.testing.DocumentedCommands.putAdministrator;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.scheme.Scheme;
import io.github.fapipack.it.scheme.Scheme.Member;
import io.github.fapipack.it.testing.DocumentedCommands;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on the pages for a scheme's operator and for participants, as they stand there. */
class DirectoryCommandsIT {
  private static final String OPERATORS = "DIRECTORY.md";
  private static final String PARTICIPANTS = "PARTICIPATING.md";

  @FapiRealm("fapi-directory")
  private static TestRealm operated;

  @FapiRealm("fapi-directory")
  private static TestRealm joined;

  @FapiRealm("fapi2-security-profile")
  private static TestRealm bank;

  @TempDir private Path folder;

  @Test
  void anOperatorSetsTheDirectoryUp() throws Exception {
    DocumentedCommands commands = DocumentedCommands.in(folder, operated.server());
    Files.writeString(commands.file("passphrase"), "correct horse battery staple");
    Map<String, String> variables = new HashMap<>();
    putAdministrator(variables, operated);
    variables.put("ROOT_PASSPHRASE", commands.file("passphrase").toString());
    variables.put("SCHEME", "Example Scheme");
    variables.put("BANK", bank.name());

    commands.run(
        variables,
        List.of(
            command(OPERATORS, "openssl genpkey"),
            token(),
            command(OPERATORS, "component.json"),
            command(OPERATORS, "ecosystem-profile"),
            "{ " + command(OPERATORS, "Example Bank") + "} > organisation.json",
            "REALM=$BANK",
            "{ " + command("ECOSYSTEMS.md", "max=1") + "} > bank.json"));

    JsonNode organisation = commands.json("organisation.json");
    assertThat(organisation.path("standing").asText()).isEqualTo("active");
    assertThat(commands.json("bank.json").at("/ecosystem/problem").isNull()).isTrue();
    Scheme scheme = Scheme.in(operated.server(), operated.name());
    X509Certificate issued = scheme.certificate(scheme.software(organisation, "App")).certificate();
    issued.verify(Scheme.read(commands.text("issuing.pem")).getPublicKey());
    List<X509Certificate> anchors = new ArrayList<>();
    scheme
        .get("ecosystem-profile")
        .json()
        .at("/certificate/anchors")
        .forEach(each -> anchors.add(Scheme.read(each.asText())));
    // The root of the ceremony publishes no revocation list that banks could ask.
    assertThat(anchors).contains(Scheme.read(commands.text("issuing.pem")));
  }

  /** With the name of this server's administrator. */
  private static String token() throws IOException {
    return command("ECOSYSTEMS.md", "TOKEN=$(")
        .replace("username=admin", "username=" + operated.admin().username());
  }

  @Test
  void aParticipantGetsStatementsAndRenewsItsCertificate() throws Exception {
    DocumentedCommands commands = DocumentedCommands.in(folder, joined.server());
    Scheme scheme = Scheme.in(joined.server(), joined.name()).withTrustedAuthority();
    Member member = scheme.software(scheme.organisation("Fintech", "12345678", "DE"), "App");
    Map<String, String> variables =
        Map.of(
            "DIRECTORY", joined.issuer().toString(),
            "ORGANISATION", member.organisation(),
            "SOFTWARE", member.software());
    String getStatement = command(PARTICIPANTS, "STATEMENT=$(");

    commands.run(
        variables,
        List.of(command(PARTICIPANTS, "transport.csr"), command(PARTICIPANTS, "signing.csr")));
    order(scheme, member, "signing", commands.text("signing.csr"));
    String transport = order(scheme, member, "transport", commands.text("transport.csr"));
    // As the page of the certificate gives it, with those of the authorities.
    scheme
        .certificate(transport, Keys.ec())
        .writePem(commands.file("transport.pem"), commands.file("unused.key"));
    commands.run(
        variables,
        List.of(
            getStatement,
            "printf %s \"$STATEMENT\" > first.jwt",
            command(PARTICIPANTS, "new.csr"),
            "mv new.pem transport.pem; mv new.key transport.key",
            getStatement,
            "printf %s \"$STATEMENT\" > second.jwt"));

    for (String name : List.of("first.jwt", "second.jwt")) {
      SignedJWT statement = SignedJWT.parse(commands.text(name));
      assertThat(statement.getJWTClaimsSet().getStringClaim("software_id"))
          .isEqualTo(member.software());
    }
    X509Certificate renewed = Scheme.read(commands.text("transport.pem"));
    assertThat(renewed).isNotEqualTo(Scheme.read(transport));
    assertThat(scheme.get(member.keys(true)).json().path("keys")).hasSize(1);
  }

  private static String order(Scheme scheme, Member member, String use, String request) {
    return scheme
        .operate(
            "POST",
            "software/" + member.software() + "/certificates",
            Json.object().put("use", use).put("request", request))
        .path("pem")
        .asText();
  }
}
