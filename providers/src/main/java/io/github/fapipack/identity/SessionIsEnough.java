package io.github.fapipack.identity;

import io.github.fapipack.keycloak.PlainFactory;
import java.util.List;
import java.util.Objects;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.authenticators.util.AcrStore;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The last step of a login by levels: the login ends with the level that it has. Without this step,
 * Keycloak shows an error page to a user with a session who has none of the factors that the
 * session lacks, so that the client gets no answer. The rules decide whether the level is enough.
 */
public final class SessionIsEnough
    implements Authenticator, AuthenticatorFactory, PlainFactory<Authenticator> {

  @Override
  public Authenticator create(KeycloakSession session) {
    return this;
  }

  @Override
  public void authenticate(AuthenticationFlowContext context) {
    AuthResult known =
        AuthenticationManager.authenticateIdentityCookie(
            context.getSession(), context.getRealm(), true);
    if (known != null && isNothingNew(context, known.session())) {
      // As Keycloak does if a session is enough; otherwise this would be a new time of login.
      context.getAuthenticationSession().setAuthNote(AuthenticationManager.SSO_AUTH, "true");
      context.attachUserSession(known.session());
    }
    context.success();
  }

  private static boolean isNothingNew(AuthenticationFlowContext context, UserSessionModel known) {
    AuthenticationSessionModel login = context.getAuthenticationSession();
    AcrStore levels = new AcrStore(context.getSession(), login);
    return known.getUser().equals(context.getUser())
        && login.getAuthNote(AuthenticationManager.FORCED_REAUTHENTICATION) == null
        && Objects.equals(login.getAuthNote(Constants.LOA_MAP), known.getNote(Constants.LOA_MAP))
        && levels.getLevelOfAuthenticationFromCurrentAuthentication()
            == levels.getHighestAuthenticatedLevelFromPreviousAuthentication(
                context.getTopLevelFlow().getId());
  }

  @Override
  public void action(AuthenticationFlowContext context) {
    context.success();
  }

  @Override
  public boolean requiresUser() {
    return true;
  }

  @Override
  public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
    return true;
  }

  @Override
  public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {}

  @Override
  public String getId() {
    return "fapi-session-is-enough";
  }

  @Override
  public String getDisplayType() {
    return "End with the level reached";
  }

  @Override
  public String getReferenceCategory() {
    return null;
  }

  @Override
  public boolean isConfigurable() {
    return false;
  }

  @Override
  public Requirement[] getRequirementChoices() {
    return new Requirement[] {Requirement.REQUIRED, Requirement.DISABLED};
  }

  @Override
  public boolean isUserSetupAllowed() {
    return false;
  }

  @Override
  public String getHelpText() {
    return "Ends a login by levels also if the user lacks the factor for a higher one.";
  }

  @Override
  public List<ProviderConfigProperty> getConfigProperties() {
    return List.of();
  }

  @Override
  public void close() {}
}
