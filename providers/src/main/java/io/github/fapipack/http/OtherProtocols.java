package io.github.fapipack.http;

import io.github.fapipack.occasion.LoginEvent;
import io.github.fapipack.rule.OAuthError;
import io.github.fapipack.rule.RealmRules;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.saml.SamlProtocol;
import org.keycloak.services.ErrorPage;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Asks the rules at the endpoints of protocols other than OpenID Connect, including those of other
 * extensions. For SAML requests Keycloak has an event with the client; this filter handles logins
 * that begin at the server, and all other protocols.
 */
@Provider
public class OtherProtocols implements ContainerRequestFilter {

  private static final Pattern ENDPOINT =
      Pattern.compile("/?realms/[^/]+/protocol/([^/;]+)(?:;[^/]*)?(/.*)?", Pattern.DOTALL);

  private static final Pattern STARTED_HERE = Pattern.compile("/clients(?:;[^/]*)?/([^/;]+).*");

  @Override
  public void filter(ContainerRequestContext request) {
    Matcher endpoint = ENDPOINT.matcher(request.getUriInfo().getPath());
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    if (session == null
        || !endpoint.matches()
        || endpoint.group(1).equals(OIDCLoginProtocol.LOGIN_PROTOCOL)
        || "OPTIONS".equals(request.getMethod())
        || RealmRules.of(session).isEmpty()) {
      return;
    }
    String protocol = endpoint.group(1);
    ClientModel client = null;
    if (protocol.equals(SamlProtocol.LOGIN_PROTOCOL)) {
      client = startedHere(session, endpoint.group(2));
      if (client == null) {
        return;
      }
    }
    try {
      RealmRules.trigger(session, new LoginEvent(client, protocol, false));
    } catch (ClientPolicyException e) {
      request.abortWith(
          client == null
              ? OAuthError.response(Status.BAD_REQUEST, e.getError(), e.getErrorDetail()).build()
              : ErrorPage.error(session, null, Status.BAD_REQUEST, e.getErrorDetail()));
    }
  }

  /** The client of a login that begins at the server, looked up as Keycloak does. */
  private static ClientModel startedHere(KeycloakSession session, String path) {
    Matcher start = STARTED_HERE.matcher(path == null ? "" : path);
    if (!start.matches() || start.group(1).indexOf('\0') >= 0) {
      return null;
    }
    RealmModel realm = session.getContext().getRealm();
    return session
        .clients()
        .searchClientsByAttributes(
            realm, Map.of(SamlProtocol.SAML_IDP_INITIATED_SSO_URL_NAME, start.group(1)), 0, 1)
        .findFirst()
        .orElse(null);
  }
}
