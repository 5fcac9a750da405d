package io.github.fapipack.consent;

import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.RealmRules;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Shows in a second tab how the user answered in the first one. Keycloak would send an error to the
 * client, which has the answer already, or start the same request again.
 */
@Provider
public class AnsweredPage implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    String tab = request.getUriInfo().getQueryParameters().getFirst(Constants.TAB_ID);
    if (session == null
        || tab == null
        || !isLogin(Endpoint.of(request))
        || RealmRules.of(session).isEmpty()) {
      return;
    }
    RealmModel realm = session.getContext().getRealm();
    String id = request.getUriInfo().getQueryParameters().getFirst(Constants.CLIENT_ID);
    ClientModel client = id == null ? null : realm.getClientByClientId(id);
    Answers.of(session, realm, tab)
        .filter(answer -> isOver(session, realm, client, tab))
        .map(answer -> page(session, client, answer))
        .ifPresent(request::abortWith);
  }

  private static boolean isLogin(Endpoint endpoint) {
    return endpoint == Endpoint.LOGIN || endpoint == Endpoint.ACTION_TOKEN;
  }

  /** Keycloak may have further questions after the consent step. */
  private static boolean isOver(
      KeycloakSession session, RealmModel realm, ClientModel client, String tab) {
    return client == null
        || new AuthenticationSessionManager(session)
                .getCurrentAuthenticationSession(realm, client, tab)
            == null;
  }

  private static Response page(KeycloakSession session, ClientModel client, Answers.Answer answer) {
    if (client != null) {
      session.getContext().setClient(client); // for the response filter
    }
    return session.getProvider(LoginFormsProvider.class).setInfo(answer.key()).createInfoPage();
  }
}
