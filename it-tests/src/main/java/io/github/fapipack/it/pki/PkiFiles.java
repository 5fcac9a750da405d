package io.github.fapipack.it.pki;

import java.nio.file.Path;

/** Where the parts of a {@link Pki} lie in its folder. */
public record PkiFiles(Path folder) {

  /** What a client has to trust. */
  public Path serverCa() {
    return folder.resolve("ca.pem");
  }

  /** Signs further server certificates. */
  public Path serverCaKey() {
    return folder.resolve("ca-key.pem");
  }

  /** The server's certificate, followed by its authority's. */
  public Path server() {
    return folder.resolve("server.pem");
  }

  /** The server's private key. */
  public Path serverKey() {
    return folder.resolve("server-key.pem");
  }

  /** What the server trusts for client certificates. */
  public Path clientCa() {
    return folder.resolve("client-ca.pem");
  }

  /** Signs further client certificates. */
  public Path clientCaKey() {
    return folder.resolve("client-ca-key.pem");
  }

  /** The client authority once more, in the form that Keycloak's listener reads. */
  public Path clientTrustStore() {
    return folder.resolve("client-ca.p12");
  }
}
