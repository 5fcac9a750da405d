package io.github.fapipack.rule;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Map;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.par.endpoints.ParEndpoint;
import org.keycloak.protocol.oidc.par.endpoints.request.AuthzEndpointParParser;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;

/**
 * Finds out whether a request really comes from the client that it names, if the client has not
 * authenticated.
 */
public final class Evidence {

  private static final RequestKey<MultivaluedMap<String, String>> AUTHORIZATION =
      new RequestKey<>();

  private Evidence() {}

  /** Remembers the authorization request; later occasions refer to it but do not carry it. */
  public static void note(KeycloakSession session, ClientPolicyContext context) {
    if (context instanceof PreAuthorizationRequestContext request) {
      AUTHORIZATION.set(session, request.getRequestParameters());
    }
  }

  /**
   * Whether an occasion proves its client. This is asked only when there is something to record for
   * the client, which is rare; so it may verify a signature.
   */
  static boolean proves(KeycloakSession session, ClientPolicyContext context, ClientModel client) {
    if (context instanceof ClientCRUDContext) {
      return true; // Keycloak has required a token before
    }
    if (context instanceof PackEvent own && own.isProven(session)) {
      return true;
    }
    return AUTHORIZATION
        .in(session)
        .filter(authorization -> provesAuthorization(session, authorization, client))
        .isPresent();
  }

  /** Whether the client has pushed the request or signed it. */
  private static boolean provesAuthorization(
      KeycloakSession session, MultivaluedMap<String, String> parameters, ClientModel client) {
    String uri = only(parameters, OIDCLoginProtocol.REQUEST_URI_PARAM);
    if (uri != null && uri.startsWith(ParEndpoint.REQUEST_URI_PREFIX)) {
      Map<String, String> pushed = AuthzEndpointParParser.getRequestObject(session, uri);
      return pushed != null
          && client.getClientId().equals(pushed.get(OAuth2Constants.CLIENT_ID))
          && !client.isPublicClient();
    }
    String object = only(parameters, OIDCLoginProtocol.REQUEST_PARAM);
    return object != null && isSigned(session, object, client);
  }

  private static String only(MultivaluedMap<String, String> parameters, String name) {
    List<String> values = parameters.get(name);
    return values == null || values.size() != 1 ? null : values.get(0);
  }

  /** Whether a JWT is signed, before any encryption, with a key of the client. */
  static boolean isSigned(KeycloakSession session, String jwt, ClientModel client) {
    boolean[] signed = {false};
    try {
      JsonWebToken read =
          session
              .tokens()
              .decodeClientJWT(
                  jwt,
                  client,
                  (jose, of) -> signed[0] |= jose instanceof org.keycloak.jose.jws.JWSInput,
                  JsonWebToken.class,
                  false);
      // An expired JWT proves nothing: others may have it.
      return read != null && signed[0] && read.getExp() != null && !read.isExpired();
    } catch (RuntimeException e) {
      return false; // it is no JWT, or cannot be decrypted
    }
  }
}
