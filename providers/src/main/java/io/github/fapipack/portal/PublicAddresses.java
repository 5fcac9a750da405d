package io.github.fapipack.portal;

import io.github.fapipack.scheme.DirectoryAddresses;
import io.github.fapipack.scheme.Software;
import org.keycloak.models.KeycloakSession;

/** Addresses of the directory for programs. */
record PublicAddresses(DirectoryAddresses directory) {

  static PublicAddresses of(KeycloakSession session) {
    return new PublicAddresses(DirectoryAddresses.of(session));
  }

  String token() {
    return directory.realm() + "/protocol/openid-connect/token";
  }

  String statement(Software software) {
    return directory.directory()
        + "/organisations/"
        + software.organisationId()
        + "/softwarestatements/"
        + software.id()
        + "/assertion";
  }

  /** The active keys of a software. */
  String keys(Software software) {
    return directory.keys(software.organisationId(), software.id(), true);
  }

  String participants() {
    return directory.participants();
  }
}
