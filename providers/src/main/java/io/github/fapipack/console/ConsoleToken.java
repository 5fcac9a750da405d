package io.github.fapipack.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.keycloak.models.AccountRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.util.JsonSerialization;

/**
 * What the access token of one of Keycloak's consoles contains if it is only for the console. A
 * protocol mapper can write the console's name into any token, so the name alone proves nothing.
 */
public final class ConsoleToken {

  /** The roles that Keycloak gives to the client {@code account}. */
  static final Set<String> ACCOUNT_ROLES =
      Set.of(
          AccountRoles.VIEW_PROFILE,
          AccountRoles.MANAGE_ACCOUNT,
          AccountRoles.MANAGE_ACCOUNT_LINKS,
          AccountRoles.VIEW_APPLICATIONS,
          AccountRoles.VIEW_CONSENT,
          AccountRoles.MANAGE_CONSENT,
          AccountRoles.DELETE_ACCOUNT,
          AccountRoles.VIEW_GROUPS,
          AccountRoles.VIEW_VERIFIABLE_CREDENTIALS,
          AccountRoles.MANAGE_VERIFIABLE_CREDENTIALS);

  /** The claims of OpenID Connect Core 5.1, which only say who the user is. */
  static final Set<String> ABOUT_THE_USER =
      Set.of(
          "name",
          "given_name",
          "family_name",
          "middle_name",
          "nickname",
          "preferred_username",
          "profile",
          "picture",
          "website",
          "email",
          "email_verified",
          "gender",
          "birthdate",
          "zoneinfo",
          "locale",
          "phone_number",
          "phone_number_verified",
          "address",
          "updated_at");

  private static final String AUDIENCE = "aud";
  private static final String REALM_ROLES = "realm_access";
  private static final String CLIENT_ROLES = "resource_access";

  /** The claims that Keycloak adds to every token. */
  private static final Set<String> ABOUT_THE_TOKEN =
      Set.of(
          "exp",
          "iat",
          "nbf",
          "auth_time",
          "jti",
          "iss",
          "sub",
          "typ",
          "azp",
          "sid",
          "session_state",
          "nonce",
          "acr",
          "amr",
          "scope",
          "allowed-origins",
          AUDIENCE,
          REALM_ROLES,
          CLIENT_ROLES);

  private ConsoleToken() {}

  /**
   * Whether a token that a console is about to get contains only what Keycloak gives to a console.
   */
  public static boolean isPlain(ClientModel console, AccessToken token) {
    JsonNode claims = JsonSerialization.mapper.valueToTree(token);
    for (String name : (Iterable<String>) claims::fieldNames) {
      if (!ABOUT_THE_TOKEN.contains(name) && !ABOUT_THE_USER.contains(name)) {
        return false;
      }
    }
    boolean account = Constants.ACCOUNT_CONSOLE_CLIENT_ID.equals(console.getClientId());
    String served = account ? Constants.ACCOUNT_MANAGEMENT_CLIENT_ID : console.getClientId();
    return texts(claims.path(AUDIENCE)).stream()
            .allMatch(name -> name.equals(served) || name.equals(console.getClientId()))
        && claims.path(REALM_ROLES).path("roles").isEmpty()
        && hasRolesOfAccountOnly(claims.path(CLIENT_ROLES), account);
  }

  private static boolean hasRolesOfAccountOnly(JsonNode access, boolean account) {
    for (String client : (Iterable<String>) access::fieldNames) {
      List<String> roles = texts(access.path(client).path("roles"));
      boolean known =
          account
              && Constants.ACCOUNT_MANAGEMENT_CLIENT_ID.equals(client)
              && ACCOUNT_ROLES.containsAll(roles);
      if (!roles.isEmpty() && !known) {
        return false;
      }
    }
    return true;
  }

  private static List<String> texts(JsonNode value) {
    return value.isTextual()
        ? List.of(value.asText())
        : StreamSupport.stream(value.spliterator(), false).map(JsonNode::asText).toList();
  }

  /**
   * Whether a token of the console is presented: it contains nothing more, is not bound, and its
   * session belongs to the console.
   */
  public static boolean isPresented(
      KeycloakSession session, ClientModel console, AccessToken token) {
    return token.getConfirmation() == null
        && token.getSessionId() != null
        && isPlain(console, token)
        && hasSession(session, console, token.getSessionId());
  }

  private static boolean hasSession(KeycloakSession session, ClientModel console, String id) {
    RealmModel realm = console.getRealm();
    UserSessionModel found = session.sessions().getUserSession(realm, id);
    if (found == null) {
      found = session.sessions().getOfflineUserSession(realm, id);
    }
    return found != null && found.getAuthenticatedClientSessionByClient(console.getId()) != null;
  }
}
