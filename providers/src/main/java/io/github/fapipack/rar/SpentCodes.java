package io.github.fapipack.rar;

import io.github.fapipack.grantmanagement.Grant;
import io.github.fapipack.grantmanagement.Grants;
import io.github.fapipack.grantmanagement.LivingGrant;
import io.github.fapipack.rule.Clause;
import java.util.Map;
import org.keycloak.models.KeycloakSession;

/**
 * Remembers which grant a code gave. Keycloak answers a code that comes twice by ending the session
 * that it gave (RFC 6749 4.1.2), which a grant would outlive.
 */
@Clause("FAPI2-SP 5.3.2.2-9")
final class SpentCodes {

  private static final String PREFIX = "fapi-spent-code:";
  private static final String GRANT = "grant_id";

  /** A code that somebody has got hold of is tried soon, or has expired. */
  private static final int SECONDS = 600;

  private SpentCodes() {}

  /** To be called when a code has given a grant. */
  static void remember(KeycloakSession session, String code, Grant grant) {
    session.singleUseObjects().put(key(code), SECONDS, Map.of(GRANT, grant.id()));
  }

  /** Voids the tokens that a code of the current client gave before, if it did. */
  static void voidTokens(KeycloakSession session, String code) {
    Map<String, String> stored = code == null ? null : session.singleUseObjects().get(key(code));
    if (stored != null) {
      session
          .getProvider(Grants.class)
          .find(session.getContext().getRealm(), stored.get(GRANT))
          .filter(grant -> grant.clientId().equals(session.getContext().getClient().getId()))
          .ifPresent(grant -> LivingGrant.voidTokens(session, grant));
    }
  }

  /** Keycloak looks at no more of a code than what stands before the first dot. */
  private static String key(String code) {
    return PREFIX + code.split("\\.", 2)[0];
  }
}
