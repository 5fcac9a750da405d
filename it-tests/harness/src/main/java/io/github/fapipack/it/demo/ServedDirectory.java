package io.github.fapipack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.pki.OwnerOnly;
import io.github.fapipack.it.pki.PemCertificates;
import io.github.fapipack.it.samples.DirectorySamples;
import io.github.fapipack.it.samples.SchemeOperator;
import io.github.fapipack.it.samples.SchemeSoftware;
import io.github.fapipack.it.server.KeycloakServer;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The directory of a scheme on the running server, with its samples.
 *
 * @param bank the realm that trusts it
 * @param folder the authority, and the keys of the sample software
 * @param software the sample software
 */
record ServedDirectory(
    String realm,
    URI issuer,
    String bank,
    String operatorPassword,
    String memberPassword,
    SchemeSoftware software,
    Path folder) {

  static final String OPERATOR = "olivia";
  static final String MEMBER = "max";

  /** Seconds until a bank notices by itself what the directory has decided. */
  private static final int BANK_LOOKS_EVERY = 15;

  /** Whether the clients of a realm are those of a scheme's software. */
  static boolean describedBy(JsonNode export) {
    return export.path("attributes").has("fapi.scheme");
  }

  /** Makes a realm a directory that can be tried at once, and another one its bank. */
  static ServedDirectory create(KeycloakServer server, String realm, String bank, Path folder) {
    DirectorySamples samples = new DirectorySamples(server, realm);
    samples.certify(folder);
    samples.addBank(bank, BANK_LOOKS_EVERY);
    SchemeOperator operator = samples.operator();
    String organisation =
        operator.organisation("Sample Fintech", "HRB 1234", JoiningSteps.ROLES).path("id").asText();
    String operatorPassword = AdminClient.randomPassword();
    samples.addOperator(OPERATOR, operatorPassword);
    String memberPassword = AdminClient.randomPassword();
    samples.addMember(MEMBER, memberPassword, organisation);
    SchemeSoftware software =
        SchemeSoftware.add(
            operator, organisation, "Sample app", Participant.redirectUri(), JoiningSteps.ROLES);
    ServedDirectory directory =
        new ServedDirectory(
            realm, server.issuer(realm), bank, operatorPassword, memberPassword, software, folder);
    directory.writeSoftware(operator);
    return directory;
  }

  private void writeSoftware(SchemeOperator operator) {
    Path home = OwnerOnly.folder(softwareFolder());
    List<X509Certificate> issuers = PemCertificates.read(folder.resolve(DirectorySamples.ISSUERS));
    KeyPair keys = Keys.ec();
    new ClientCertificate(
            keys.getPrivate(), operator.certify(software.id(), keys), issuers.subList(0, 1))
        .writePem(home.resolve("certificate.pem"), home.resolve("certificate-key.pem"));
    software.keys().writeTo(home.resolve("jwks.json"));
  }

  Path softwareFolder() {
    return folder.resolve("sample-app");
  }

  /** The address of the pages. */
  String pages() {
    return issuer + "/fapi-scheme/";
  }

  /** A shell command in one line that gets a statement about the sample software. */
  String statementCommand(Path serverCa, Path shownFolder) {
    String curl =
        "curl -s --cacert %s --cert %s --key %s"
            .formatted(
                serverCa,
                shownFolder.resolve("certificate.pem"),
                shownFolder.resolve("certificate-key.pem"));
    return curl
        + " -H \"Authorization: Bearer $("
        + curl
        + " -d grant_type=client_credentials -d scope=directory:software -d client_id="
        + software.id()
        + " "
        + issuer
        + "/protocol/openid-connect/token | sed 's/.*access_token\":\"//; s/\".*//')\" "
        + issuer
        + "/directory"
        + software.path("assertion");
  }

  ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("realm", realm)
            .put("issuer", issuer.toString())
            .put("bank", bank)
            .put("pages", pages())
            .put("issuingCa", folder.resolve(DirectorySamples.ISSUERS).toString());
    json.putObject("operator").put("username", OPERATOR).put("password", operatorPassword);
    json.putObject("member").put("username", MEMBER).put("password", memberPassword);
    json.putObject("software")
        .put("organisation", software.organisation())
        .put("id", software.id())
        .put("folder", softwareFolder().toString());
    return json;
  }
}
