package io.github.fapipack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.PemCertificates;
import io.github.fapipack.it.samples.SchemeOperator;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A running directory of a scheme, and a bank that trusts it.
 *
 * @param directory the issuer of the directory's realm
 * @param bank the issuer of the bank's realm
 * @param user a user of the bank, and how to connect to the server
 * @param template how the directory words things
 * @param folder for the files of those who join
 * @param issuers the directory's issuing certificate, then those above it
 */
public record ServedScheme(
    SchemeOperator operator,
    URI directory,
    URI bank,
    SampleClient user,
    JsonNode template,
    Path folder,
    List<X509Certificate> issuers) {

  public ServedScheme {
    issuers = List.copyOf(issuers);
  }

  /** That of {@code mvn -Pserve}, from its file. */
  static ServedScheme read(Path file, Path template) {
    if (!Files.isRegularFile(file)) {
      throw new FlowFailure("There is no " + file + ": start a server with: mvn -Pserve.");
    }
    JsonNode served = Json.read(file);
    JsonNode directory = served.path("directory");
    JsonNode bank = realm(served, directory.path("bank").asText());
    URI server = URI.create(served.path("baseUrl").asText());
    SampleClient user =
        new SampleClient(
            file,
            Json.object()
                .put("serverCa", served.path("serverCa").asText())
                .put("username", bank.path("username").asText())
                .put("password", bank.path("password").asText()));
    AdminClient admin =
        AdminClient.withRandomPassword(server, user.tls(null))
            .as(served.at("/admin/username").asText(), served.at("/admin/password").asText());
    return new ServedScheme(
        new SchemeOperator(admin, directory.path("realm").asText()),
        URI.create(directory.path("issuer").asText()),
        URI.create(bank.path("issuer").asText()),
        user,
        Json.read(template),
        file.resolveSibling("onboarding"),
        PemCertificates.read(Path.of(directory.path("issuingCa").asText())));
  }

  private static JsonNode realm(JsonNode served, String name) {
    for (JsonNode realm : served.path("realms")) {
      if (realm.path("name").asText().equals(name)) {
        return realm;
      }
    }
    throw new FlowFailure("The server that runs has no directory; start it again.");
  }

  /** The name of the bank's realm. */
  String bankRealm() {
    return bank.getPath().replaceFirst(".*/", "");
  }

  /** A connection to the server that shows a certificate, or none if it is null. */
  HttpTransport connect(ClientCertificate certificateOrNull) {
    return new HttpTransport(user.tls(certificateOrNull), certificateOrNull != null);
  }

  /** The certificates between that of a software and the root, which the software shows too. */
  List<X509Certificate> intermediates() {
    return issuers.subList(0, issuers.size() - 1);
  }
}
