package io.github.fapipack.registration;

import io.github.fapipack.rule.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocolFactory;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * Which scopes a registration may give a client: at first those that the realm has for new clients,
 * and later only those that the client has. A scope that an administrator has removed cannot be
 * added again.
 */
final class RegisteredScopes {

  static final Set<String> MEMBERS = Set.of("optionalClientScopes", "defaultClientScopes");

  private RegisteredScopes() {}

  /**
   * Removes {@code openid}: every client may ask for it (OpenID Connect Core 3.1.2.1), and it is
   * not a client scope of Keycloak unless somebody has created one with that name.
   */
  static void withoutOpenId(RealmModel realm, ClientRepresentation proposed) {
    if (isOwn(realm)) {
      return;
    }
    proposed.setOptionalClientScopes(withoutOpenId(proposed.getOptionalClientScopes()));
    proposed.setDefaultClientScopes(withoutOpenId(proposed.getDefaultClientScopes()));
  }

  /** The scope in a response to the client: with {@code openid}, which it may always ask for. */
  static String withOpenId(RealmModel realm, String scope) {
    return isOwn(realm) ? scope : (OAuth2Constants.SCOPE_OPENID + " " + scope).strip();
  }

  private static boolean isOwn(RealmModel realm) {
    return realm
        .getClientScopesStream()
        .anyMatch(scope -> OAuth2Constants.SCOPE_OPENID.equals(scope.getName()));
  }

  private static List<String> withoutOpenId(List<String> scopes) {
    return scopes == null
        ? null
        : scopes.stream().filter(scope -> !OAuth2Constants.SCOPE_OPENID.equals(scope)).toList();
  }

  static void check(
      RealmModel realm, ClientRepresentation proposed, ClientModel stored, boolean openIdConnect)
      throws Refusal {
    Set<String> byDefault = names(realm, stored, true);
    Set<String> all =
        Stream.concat(byDefault.stream(), names(realm, stored, false).stream())
            .collect(Collectors.toSet());
    List<String> optional = proposed.getOptionalClientScopes();
    if (optional != null && !all.containsAll(optional)) {
      throw RestrictRegistration.refusal("optionalClientScopes", openIdConnect);
    }
    List<String> given = proposed.getDefaultClientScopes();
    if (given == null
        || (stored == null
            ? byDefault.containsAll(given)
            : new HashSet<>(given).equals(byDefault))) {
      return;
    }
    // Keycloak gives a new client that names scopes this one in addition, but no other.
    if (stored != null || !List.of(OIDCLoginProtocolFactory.BASIC_SCOPE).equals(given)) {
      throw RestrictRegistration.refusal("defaultClientScopes", openIdConnect);
    }
  }

  /** Keeps one of the two lists if only the other is sent: Keycloak would empty it. */
  static void keep(ClientRepresentation proposed, ClientModel stored) {
    boolean neither =
        proposed.getDefaultClientScopes() == null && proposed.getOptionalClientScopes() == null;
    if (stored == null || neither) {
      return;
    }
    if (proposed.getDefaultClientScopes() == null) {
      proposed.setDefaultClientScopes(List.copyOf(stored.getClientScopes(true).keySet()));
    }
    if (proposed.getOptionalClientScopes() == null) {
      proposed.setOptionalClientScopes(List.copyOf(stored.getClientScopes(false).keySet()));
    }
  }

  private static Set<String> names(RealmModel realm, ClientModel stored, boolean byDefault) {
    return stored != null
        ? stored.getClientScopes(byDefault).keySet()
        : realm
            .getDefaultClientScopesStream(byDefault)
            .map(ClientScopeModel::getName)
            .collect(Collectors.toSet());
  }
}
