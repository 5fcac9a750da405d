package io.github.fapipack.portal;

import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.scheme.SchemeTemplate;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.messages.Messages;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Leads from the end of a login (see {@link PortalLogin}) to the page that was asked for, without
 * the authorization code.
 */
@Provider
public class LoginReturn implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    if (session == null
        || !"GET".equals(request.getMethod())
        || Endpoint.of(request) != Endpoint.SCHEME_LOGIN
        || session.getContext().getRealm() == null
        || SchemeTemplate.of(session.getContext().getRealm()).isEmpty()) {
      return;
    }
    String error = request.getUriInfo().getQueryParameters().getFirst(OAuth2Constants.ERROR);
    request.abortWith(
        // Keycloak says so if the user has logged in in another tab.
        error == null || error.equals(OAuthErrorException.TEMPORARILY_UNAVAILABLE)
            ? Response.seeOther(
                    PortalLogin.page(session, PortalLogin.within(session, PortalLogin.RETURN)))
                .header("Cache-Control", "no-store")
                .build()
            // The page would lead to the login again, and so on.
            : session
                .getProvider(LoginFormsProvider.class)
                .setError(Messages.INVALID_REQUEST)
                .createErrorPage(Response.Status.BAD_REQUEST));
  }
}
