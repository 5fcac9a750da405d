package io.github.fapipack.it.demo;

import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.samples.SchemeSoftware;
import io.github.fapipack.it.scheme.CertificateRequests;
import java.net.URI;
import java.security.KeyPair;

/** What everybody and what software does at the directory. */
record DirectoryAccess(ServedScheme at) {
  private static final String SCOPE = "directory:software";

  /** Gets a public document; the path is relative to the directory. */
  HttpExchange get(String path) {
    return at.connect(null).send("GET", address(path), new NamedValues(), "");
  }

  /** Asks for an access token by client credentials, over TLS with a certificate. */
  HttpExchange token(Participant software, ClientCertificate certificateOrNull) {
    NamedValues form =
        new NamedValues()
            .set("grant_type", "client_credentials")
            .set("client_id", software.software().id())
            .set("scope", SCOPE);
    NamedValues headers =
        new NamedValues().set("Content-Type", "application/x-www-form-urlencoded");
    URI endpoint = URI.create(at.directory() + "/protocol/openid-connect/token");
    return at.connect(certificateOrNull).send("POST", endpoint, headers, form.encode());
  }

  /** An access token of a software with its own certificate. */
  String accessToken(Participant software) {
    return token(software, software.certificate())
        .expectStatus(200)
        .json()
        .path("access_token")
        .asText();
  }

  /** Asks for the statement about a software, with any token and certificate. */
  HttpExchange statement(Participant software, String token, ClientCertificate certificateOrNull) {
    NamedValues headers = new NamedValues().set("Authorization", "Bearer " + token);
    URI address = address(software.software().path("assertion"));
    return at.connect(certificateOrNull).send("GET", address, headers, "");
  }

  /** The statement about a software as it gets it. */
  String statement(Participant software) {
    return statement(software, accessToken(software), software.certificate())
        .expectStatus(200)
        .body();
  }

  /**
   * Asks for a certificate for a new key.
   *
   * @param software whose certificate it is to be
   */
  HttpExchange order(Participant caller, SchemeSoftware software, KeyPair keys) {
    NamedValues headers =
        new NamedValues()
            .set("Authorization", "Bearer " + accessToken(caller))
            .set("Content-Type", "application/x-pem-file");
    URI address = address(software.path("certificates?use=transport"));
    return at.connect(caller.certificate())
        .send("POST", address, headers, CertificateRequests.of(keys));
  }

  private URI address(String path) {
    return URI.create(at.directory() + "/directory" + path);
  }
}
