package io.github.fapipack.it.server;

import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.pki.Pki;
import java.net.URI;

/** A running Keycloak with the pack that asks TLS clients for certificates. */
public interface KeycloakServer extends AutoCloseable {

  /** The server's address for browsers and clients, without a trailing slash. */
  URI baseUrl();

  /** Where this server itself listens, which differs for a node of a cluster. */
  default URI address() {
    return baseUrl();
  }

  /** The port of health and metrics, on the loopback interface and without TLS. */
  int managementPort();

  /** The certificates that this server trusts and uses. */
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
