package io.github.fapipack.registration;

import io.github.fapipack.rule.RequestKey;
import java.util.Set;
import org.keycloak.models.KeycloakSession;

/**
 * What a registration may set because a directory vouches for it, beyond what software may say of
 * itself: the scopes and the grants that its roles allow, and the attributes of the ecosystem.
 *
 * @param attributes the names of client attributes
 */
record Vouched(Set<String> attributes) {

  private static final RequestKey<Vouched> CURRENT = new RequestKey<>();
  private static final Vouched NOTHING = new Vouched(Set.of());

  /** Members of Keycloak's representation that follow from the vouched metadata. */
  private static final Set<String> MEMBERS =
      Set.of("clientId", "serviceAccountsEnabled", "consentRequired", "fullScopeAllowed");

  /** What the current request may set in addition. */
  static Vouched in(KeycloakSession session) {
    return CURRENT.in(session).orElse(NOTHING);
  }

  /** Whether a directory vouches for the current request. */
  static boolean isIn(KeycloakSession session) {
    return CURRENT.isIn(session);
  }

  /** Lets the rest of the current request set this. */
  void use(KeycloakSession session) {
    CURRENT.set(session, this);
  }

  boolean hasMember(String name) {
    return this != NOTHING && MEMBERS.contains(name);
  }

  boolean hasAttribute(String name) {
    return attributes.contains(name);
  }
}
