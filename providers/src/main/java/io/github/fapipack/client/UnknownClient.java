package io.github.fapipack.client;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.authenticators.client.JWTClientAuthenticator;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.RealmModelDelegate;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * Stands for an unregistered client during its authentication: it is checked like any other and has
 * no fitting key, so that status, sentence and time do not reveal which client_ids exist. It has
 * the certificate or assertion of the request; it is never stored, and never authenticated.
 */
public final class UnknownClient {

  private static final String ID = "fapi-unknown-client";

  /** A name that is in no certificate. */
  private static final String NAME = UUID.randomUUID().toString();

  private UnknownClient() {}

  /**
   * A view of the realm in which every client exists and uses the authenticator that must refuse
   * it.
   */
  public static RealmModel realm(KeycloakSession session, RealmModel realm, String authenticator) {
    return authenticator.equals(method(session))
        ? new Realm(realm, authenticator, attributes(session, authenticator))
        : realm;
  }

  /**
   * The unregistered client that a request names without an assertion, if this authenticator must
   * refuse it.
   */
  public static Optional<ClientModel> named(
      KeycloakSession session, RealmModel realm, String authenticator) {
    return Optional.of(realm(session, realm, authenticator))
        .filter(Realm.class::isInstance)
        .flatMap(all -> Credentials.of(session).clientId().map(all::getClientByClientId))
        .filter(UnknownClient::is);
  }

  public static boolean is(ClientModel client) {
    return client != null && ID.equals(client.getId());
  }

  /** The authentication method for which the request has credentials. */
  private static String method(KeycloakSession session) {
    boolean certificate =
        !Credentials.of(session).form().containsKey(OAuth2Constants.CLIENT_ASSERTION)
            && !Credentials.certificates(session).isEmpty();
    return certificate ? X509ClientAuthenticator.PROVIDER_ID : JWTClientAuthenticator.PROVIDER_ID;
  }

  /** Only mutual TLS compares with them; asking for the certificate is not cheap without one. */
  private static Map<String, String> attributes(KeycloakSession session, String authenticator) {
    if (!X509ClientAuthenticator.PROVIDER_ID.equals(authenticator)) {
      return Map.of();
    }
    return Credentials.certificates(session).stream()
        .findFirst()
        .map(
            shown ->
                Map.of(
                    X509ClientAuthenticator.ATTR_SUBJECT_DN,
                    another(shown.getSubjectX500Principal()),
                    X509ClientAuthenticator.ATTR_ALLOW_REGEX_PATTERN_COMPARISON,
                    "false"))
        .orElse(Map.of());
  }

  /** A subject like that of the certificate, with another first value. */
  private static String another(X500Principal shown) {
    String name = shown.getName();
    int value = name.indexOf('=') + 1;
    int end = value;
    while (end < name.length() && name.charAt(end) != ',' && name.charAt(end) != '+') {
      end += name.charAt(end) == '\\' ? 2 : 1;
    }
    return value == 0
        ? "CN=" + NAME
        : name.substring(0, value) + NAME + name.substring(Math.min(end, name.length()));
  }

  private static ClientModel of(
      RealmModel realm, String clientId, String authenticator, Map<String, String> attributes) {
    return (ClientModel)
        Proxy.newProxyInstance(
            UnknownClient.class.getClassLoader(),
            new Class<?>[] {ClientModel.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getId" -> ID;
                  case "getClientId", "toString" -> clientId;
                  case "getRealm" -> realm;
                  case "getProtocol" -> OIDCLoginProtocol.LOGIN_PROTOCOL;
                  case "getClientAuthenticatorType" -> authenticator;
                  case "getAttribute" -> attributes.get((String) arguments[0]);
                  case "getAttributes" -> attributes;
                  case "isEnabled", "isConsentRequired", "isStandardFlowEnabled" -> true;
                  case "hashCode" -> ID.hashCode();
                  case "equals" -> proxy == arguments[0];
                  default -> nothing(method);
                });
  }

  private static Object nothing(Method method) {
    Class<?> type = method.getReturnType();
    if (type == boolean.class) {
      return false;
    }
    if (type == int.class) {
      return 0;
    }
    if (type == Stream.class) {
      return Stream.empty();
    }
    if (type == Map.class) {
      return Map.of();
    }
    return type == Set.class ? Set.of() : type == List.class ? List.of() : null;
  }

  private static final class Realm extends RealmModelDelegate {

    private final RealmModel realm;
    private final String authenticator;
    private final Map<String, String> attributes;

    Realm(RealmModel realm, String authenticator, Map<String, String> attributes) {
      super(realm);
      this.attributes = attributes;
      this.realm = realm;
      this.authenticator = authenticator;
    }

    @Override
    public ClientModel getClientByClientId(String clientId) {
      ClientModel known = super.getClientByClientId(clientId);
      return known != null || clientId == null
          ? known
          : of(realm, clientId, authenticator, attributes);
    }
  }
}
