package io.github.fapipack.registration;

import io.github.fapipack.rule.RequestKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * What a registration may set because a directory vouches for it, beyond what software may say of
 * itself: the scopes and the grants that its roles allow, and the attributes of the ecosystem.
 *
 * @param attributes the names of client attributes
 * @param attachedScopes client scopes that the client gets in addition to those in its metadata
 * @param scopes whether roles say which scopes the metadata may have; otherwise these are limited
 *     as for any other client
 */
record Vouched(Set<String> attributes, Set<String> attachedScopes, boolean scopes) {

  /** The request is one of vouched software, and sets nothing else. */
  static final Vouched NOTHING_MORE = new Vouched(Set.of(), Set.of(), false);

  private static final RequestKey<Vouched> CURRENT = new RequestKey<>();

  /** Members of Keycloak's representation that follow from the vouched metadata. */
  private static final Set<String> MEMBERS =
      Set.of("clientId", "serviceAccountsEnabled", "consentRequired", "fullScopeAllowed");

  /** What the current request may set in addition. */
  static Vouched in(KeycloakSession session) {
    return CURRENT.in(session).orElse(NOTHING_MORE);
  }

  /** Whether a directory vouches for the current request. */
  static boolean isIn(KeycloakSession session) {
    return CURRENT.isIn(session);
  }

  /** Lets the rest of the current request set this. */
  void use(KeycloakSession session) {
    CURRENT.set(session, this);
  }

  /**
   * Completes a client: what Keycloak's policies for registrations without a token would set, and
   * the scopes. A client that names scopes keeps the default scopes of the realm.
   */
  void complete(RealmModel realm, ClientRepresentation client) {
    client.setConsentRequired(true);
    client.setFullScopeAllowed(false);
    if (client.getDefaultClientScopes() == null) {
      client.setDefaultClientScopes(
          realm.getDefaultClientScopesStream(true).map(ClientScopeModel::getName).toList());
    }
    if (client.getOptionalClientScopes() != null) {
      Set<String> scopes = new LinkedHashSet<>(client.getOptionalClientScopes());
      realm
          .getClientScopesStream()
          .map(ClientScopeModel::getName)
          .filter(attachedScopes::contains)
          .forEach(scopes::add);
      client.setOptionalClientScopes(List.copyOf(scopes));
    }
  }

  boolean hasMember(String name) {
    return !attributes.isEmpty() && MEMBERS.contains(name);
  }

  boolean hasAttribute(String name) {
    return attributes.contains(name);
  }
}
