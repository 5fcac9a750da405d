package io.github.fapipack.it.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.OwnerOnly;
import io.github.fapipack.it.samples.SchemeSoftware;
import java.nio.file.Path;
import java.util.UUID;

/** A software that has joined, with its keys and its certificate. */
record Participant(SchemeSoftware software, ClientCertificate certificate) {

  /** The same software with another certificate. */
  Participant with(ClientCertificate other) {
    return new Participant(software, other);
  }

  /** What the software sends to a bank, but for the statement (RFC 7591 2). */
  ObjectNode metadata(ServedScheme at, ClientAuth auth, SenderConstraint constraint, String scope) {
    ObjectNode metadata =
        Json.object()
            .put("jwks_uri", at.directory() + "/directory" + software.keysPath())
            .put("token_endpoint_auth_method", auth.toString())
            .put(binding(constraint), true)
            .put("scope", scope);
    if (auth.needsCertificate()) {
      metadata.put("tls_client_auth_subject_dn", certificate.subject());
    }
    metadata.putArray("redirect_uris").add(software.redirectUri());
    metadata.putArray("grant_types").add("authorization_code").add("refresh_token");
    metadata.putArray("response_types").add("code");
    return metadata;
  }

  private static String binding(SenderConstraint constraint) {
    return constraint == SenderConstraint.DPOP
        ? "dpop_bound_access_tokens"
        : "tls_client_certificate_bound_access_tokens";
  }

  /** Writes the files of the software as a client of the bank, and reads them. */
  SampleClient asClient(ServedScheme at, String clientId, ClientAuth auth) {
    Path home = OwnerOnly.folder(at.folder().resolve(clientId));
    software.keys().writeTo(home.resolve("jwks.json"));
    certificate.writePem(home.resolve("certificate.pem"), home.resolve("certificate-key.pem"));
    Path authority = Path.of(at.user().json().path("serverCa").asText()).toAbsolutePath();
    ObjectNode client =
        Json.object()
            .put("issuer", at.bank().toString())
            .put("clientId", clientId)
            .put("clientAuth", auth.toString())
            .put("redirectUri", software.redirectUri())
            .put("jwks", "jwks.json")
            .put("certificate", "certificate.pem")
            .put("certificateKey", "certificate-key.pem")
            .put("serverCa", authority.toString())
            .put("username", at.user().username())
            .put("password", at.user().password());
    OwnerOnly.write(home.resolve("client.json"), Json.text(client));
    return SampleClient.read(home.resolve("client.json"));
  }

  /** A redirect URI for a new software. */
  static String redirectUri() {
    return "https://" + UUID.randomUUID().toString().substring(0, 8) + ".fintech.example/callback";
  }
}
