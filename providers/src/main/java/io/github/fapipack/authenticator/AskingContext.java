package io.github.fapipack.authenticator;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.function.Consumer;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.ClientAuthenticationFlowContext;
import org.keycloak.authentication.ClientAuthenticationFlowContextSupplier;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.common.ClientConnection;
import org.keycloak.events.EventBuilder;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.services.managers.BruteForceProtector;

/**
 * Keycloak's context of a client authentication, which intercepts the moment that every
 * authenticator has: it has read from the request who the client is, and has not verified anything
 * yet.
 */
final class AskingContext implements ClientAuthenticationFlowContext {

  private final ClientAuthenticationFlowContext context;
  private final RealmModel realm;
  private final Consumer<ClientModel> whenClaimed;

  /**
   * @param realm in which the authenticator looks up the client
   */
  AskingContext(
      ClientAuthenticationFlowContext context,
      RealmModel realm,
      Consumer<ClientModel> whenClaimed) {
    this.context = context;
    this.realm = realm;
    this.whenClaimed = whenClaimed;
  }

  @Override
  public void setClient(ClientModel client) {
    context.setClient(client);
    whenClaimed.accept(client);
  }

  @Override
  public ClientModel getClient() {
    return context.getClient();
  }

  @Override
  public Map<String, String> getClientAuthAttributes() {
    return context.getClientAuthAttributes();
  }

  @Override
  public <T> T getState(Class<T> type, ClientAuthenticationFlowContextSupplier<T> supplier)
      throws Exception {
    return context.getState(type, supplier);
  }

  @Override
  public EventBuilder getEvent() {
    return context.getEvent();
  }

  @Override
  public EventBuilder newEvent() {
    return context.newEvent();
  }

  @Override
  public AuthenticationExecutionModel getExecution() {
    return context.getExecution();
  }

  @Override
  public AuthenticationFlowModel getTopLevelFlow() {
    return context.getTopLevelFlow();
  }

  @Override
  public RealmModel getRealm() {
    return realm;
  }

  @Override
  public ClientConnection getConnection() {
    return context.getConnection();
  }

  @Override
  public UriInfo getUriInfo() {
    return context.getUriInfo();
  }

  @Override
  public KeycloakSession getSession() {
    return context.getSession();
  }

  @Override
  public HttpRequest getHttpRequest() {
    return context.getHttpRequest();
  }

  @Override
  public BruteForceProtector getProtector() {
    return context.getProtector();
  }

  @Override
  public AuthenticatorConfigModel getAuthenticatorConfig() {
    return context.getAuthenticatorConfig();
  }

  @Override
  public FormMessage getForwardedErrorMessage() {
    return context.getForwardedErrorMessage();
  }

  @Override
  public FormMessage getForwardedSuccessMessage() {
    return context.getForwardedSuccessMessage();
  }

  @Override
  public FormMessage getForwardedInfoMessage() {
    return context.getForwardedInfoMessage();
  }

  @Override
  public void setForwardedInfoMessage(String message, Object... parameters) {
    context.setForwardedInfoMessage(message, parameters);
  }

  @Override
  public String generateAccessCode() {
    return context.generateAccessCode();
  }

  @Override
  public AuthenticationExecutionModel.Requirement getCategoryRequirementFromCurrentFlow(
      String authenticatorCategory) {
    return context.getCategoryRequirementFromCurrentFlow(authenticatorCategory);
  }

  @Override
  public void success() {
    context.success();
  }

  @Override
  public void success(String credentialType) {
    context.success(credentialType);
  }

  @Override
  public void failure(AuthenticationFlowError error) {
    context.failure(error);
  }

  @Override
  public void failure(AuthenticationFlowError error, Response response) {
    context.failure(error, response);
  }

  @Override
  public void failure(
      AuthenticationFlowError error,
      Response response,
      String eventDetails,
      String userErrorMessage) {
    context.failure(error, response, eventDetails, userErrorMessage);
  }

  @Override
  public void challenge(Response challenge) {
    context.challenge(challenge);
  }

  @Override
  public void forceChallenge(Response challenge) {
    context.forceChallenge(challenge);
  }

  @Override
  public void failureChallenge(AuthenticationFlowError error, Response challenge) {
    context.failureChallenge(error, challenge);
  }

  @Override
  public void attempted() {
    context.attempted();
  }

  @Override
  public FlowStatus getStatus() {
    return context.getStatus();
  }

  @Override
  public AuthenticationFlowError getError() {
    return context.getError();
  }

  @Override
  public String getEventDetails() {
    return context.getEventDetails();
  }

  @Override
  public String getUserErrorMessage() {
    return context.getUserErrorMessage();
  }
}
