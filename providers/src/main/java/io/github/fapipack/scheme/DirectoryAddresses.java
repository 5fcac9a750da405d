package io.github.fapipack.scheme;

import java.net.URI;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.Urls;
import org.keycloak.urls.UrlType;

/**
 * The addresses below which a realm's directory publishes what everybody may know.
 *
 * @param realm the issuer of the realm's tokens
 */
public record DirectoryAddresses(String realm) {

  /** The name of the directory's resource in a realm. */
  public static final String NAME = "directory";

  private static final String KEYS = "/application.jwks";

  /** Those of the realm of the session's context. */
  public static DirectoryAddresses of(KeycloakSession session) {
    URI base = session.getContext().getUri(UrlType.FRONTEND).getBaseUri();
    return new DirectoryAddresses(
        Urls.realmIssuer(base, session.getContext().getRealm().getName()));
  }

  /** The directory itself. */
  public String directory() {
    return realm + "/" + NAME;
  }

  /** The list of participants. */
  public String participants() {
    return directory() + "/participants";
  }

  /** The keys that sign statements. */
  public String statementKeys(String name) {
    return directory() + "/keystore/" + name;
  }

  /** The keys of an organisation or, with its id, of one of its software. */
  public String keys(String organisationId, String softwareId, boolean active) {
    return directory()
        + "/keystore/"
        + organisationId
        + (softwareId == null ? "" : "/" + softwareId)
        + (active ? "" : "/inactive")
        + KEYS;
  }
}
