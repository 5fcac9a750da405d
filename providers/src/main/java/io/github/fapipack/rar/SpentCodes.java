package io.github.fapipack.rar;

import io.github.fapipack.grantmanagement.ActiveGrant;
import io.github.fapipack.grantmanagement.Grant;
import io.github.fapipack.grantmanagement.Grants;
import io.github.fapipack.rule.Clause;
import java.util.Map;
import org.keycloak.models.KeycloakSession;

/**
 * Remembers which grant a code gave. If a code is used twice, Keycloak ends the session that it
 * gave (RFC 6749 4.1.2), but a grant would continue.
 */
@Clause("FAPI2-SP 5.3.2.2-9")
final class SpentCodes {

  private static final String PREFIX = "fapi-spent-code:";
  private static final String GRANT = "grant_id";

  /** A stolen code is used soon, or has expired. */
  private static final int SECONDS = 600;

  private SpentCodes() {}

  /** To be called when a code has given a grant. */
  static void remember(KeycloakSession session, String code, Grant grant) {
    session.singleUseObjects().put(key(code), SECONDS, Map.of(GRANT, grant.id()));
  }

  /** Revokes the tokens that a code of the current client gave before, if there are any. */
  static void voidTokens(KeycloakSession session, String code) {
    Map<String, String> stored = code == null ? null : session.singleUseObjects().get(key(code));
    if (stored != null) {
      session
          .getProvider(Grants.class)
          .find(session.getContext().getRealm(), stored.get(GRANT))
          .filter(grant -> grant.clientId().equals(session.getContext().getClient().getId()))
          .ifPresent(grant -> ActiveGrant.voidTokens(session, grant));
    }
  }

  /** Keycloak evaluates only the part of a code before the first dot. */
  private static String key(String code) {
    return PREFIX + code.split("\\.", 2)[0];
  }
}
