package io.github.fapipack.scheme;

import io.github.fapipack.authority.Use;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The file that says how a scheme's directory words things: names of roles and states, the members
 * of statements and of the list of participants, and the names in certificates. The realm attribute
 * {@value #IN_USE} names it; without it a realm is no directory.
 */
public final class SchemeTemplate {

  /** The realm attribute with the id of the template. */
  public static final String IN_USE = "fapi.scheme";

  private SchemeTemplate() {}

  /** The template of a realm; empty if it is no directory, or its template cannot be read. */
  public static Optional<SchemeTemplate> of(RealmModel realm) {
    throw new UnsupportedOperationException();
  }

  public String id() {
    throw new UnsupportedOperationException();
  }

  /** The roles that organisations can apply for, with a text for people. */
  public Map<String, String> roles() {
    throw new UnsupportedOperationException();
  }

  /** How long certificates are valid. */
  public Duration lifetime(Use use) {
    throw new UnsupportedOperationException();
  }

  /** The subject of certificates for a software; the same for each of its certificates. */
  public javax.security.auth.x500.X500Principal subject(
      Use use, Organisation organisation, Software software) {
    throw new UnsupportedOperationException();
  }

  /** DNS names of certificates. */
  public List<String> dnsNames(Use use, Organisation organisation, Software software) {
    throw new UnsupportedOperationException();
  }

  /** URIs of certificates. */
  public List<String> uris(Use use, Organisation organisation, Software software) {
    throw new UnsupportedOperationException();
  }

  /** A statement, signed with the realm's key, as a compact JWT. */
  public String statement(KeycloakSession session, Organisation organisation, Software software) {
    throw new UnsupportedOperationException();
  }
}
