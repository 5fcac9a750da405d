package io.github.fapipack.it.server;

import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.pki.Pki;
import java.net.URI;

/** A running Keycloak that carries the pack and asks its TLS clients for certificates. */
public interface KeycloakServer extends AutoCloseable {

  /** Where browsers and clients reach the server, without a trailing slash. */
  URI baseUrl();

  /** The port of health and metrics, on the loopback interface and without TLS. */
  int managementPort();

  /** The certificates that this server trusts and shows. */
  Pki pki();

  /** The server's administrator. */
  AdminClient admin();

  /** Everything the server has logged so far. */
  String log();

  /** The issuer identifier of a realm. */
  default URI issuer(String realm) {
    return URI.create(baseUrl() + "/realms/" + realm);
  }

  @Override
  void close();
}
