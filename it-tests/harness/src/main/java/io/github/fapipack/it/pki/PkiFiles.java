package io.github.fapipack.it.pki;

import java.nio.file.Path;

/** The files of a {@link Pki} in its folder. */
public record PkiFiles(Path folder) {

  /** The authority that a client must trust. */
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

  /** The authority that the server trusts for client certificates. */
  public Path clientCa() {
    return folder.resolve("client-ca.pem");
  }

  /** Signs further client certificates. */
  public Path clientCaKey() {
    return folder.resolve("client-ca-key.pem");
  }

  /** The client authority again, in the format for Keycloak's listener. */
  public Path clientTrustStore() {
    return folder.resolve("client-ca.p12");
  }

  /** Key and certificate with which the server calls the bank's consent service. */
  public Path bank() {
    return folder.resolve("bank.p12");
  }
}
