package io.github.fapipack.ciba;

import io.github.fapipack.consent.ApprovalCheck;
import io.github.fapipack.consent.AuthorizationError;
import io.github.fapipack.rule.Clause;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelResponse;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.BackchannelAuthenticationCallbackEndpoint;
import org.keycloak.protocol.oidc.grants.device.endpoints.DeviceEndpoint;
import org.keycloak.services.ErrorResponseException;

/**
 * Keycloak's endpoint for answers of authentication devices, extended: the ping to the client after
 * an answer (CIBA 10.2).
 */
@Clause("CIBA 10.2-1")
final class DeviceAnswers extends BackchannelAuthenticationCallbackEndpoint {

  private static final Logger LOGGER = Logger.getLogger(DeviceAnswers.class);

  /** Why an approval has become a refusal; null if it has not. */
  private AuthorizationError ended;

  DeviceAnswers(KeycloakSession session, EventBuilder event) {
    super(session, event);
  }

  @Override
  public Response processAuthenticationChannelResult(AuthenticationChannelResponse answer) {
    if (answer == null) {
      throw malformed();
    }
    try {
      Response response = super.processAuthenticationChannelResult(answer);
      return ended == null ? response : BankAnswer.response(ended);
    } catch (WebApplicationException e) {
      throw e;
    } catch (RuntimeException e) {
      LOGGER.warn("An answer of an authentication device could not be processed", e);
      throw malformed();
    }
  }

  private static ErrorResponseException malformed() {
    return new ErrorResponseException(
        OAuthErrorException.INVALID_REQUEST, "the answer is malformed", Status.BAD_REQUEST);
  }

  /** A refusal is final; Keycloak would accept a second answer. */
  @Override
  protected void approveRequest(String id, Map<String, String> additionalParams) {
    OAuth2DeviceCodeModel request = DeviceEndpoint.getDeviceByUserCode(session, realm, id);
    if (request == null || request.isDenied()) {
      event.error(OAuthErrorException.INVALID_TOKEN);
      throw new ErrorResponseException(
          OAuthErrorException.INVALID_TOKEN, "the request was answered before", Status.FORBIDDEN);
    }
    try {
      super.approveRequest(id, approved(id, additionalParams));
    } catch (AuthorizationError e) {
      if (OAuthErrorException.TEMPORARILY_UNAVAILABLE.equals(e.error())) {
        throw BankAnswer.refused(e, event); // the device may answer again
      }
      ended = e;
      super.denyRequest(id, AuthenticationChannelResponse.Status.UNAUTHORIZED);
    }
  }

  @Override
  protected void denyRequest(String id, AuthenticationChannelResponse.Status status) {
    DeviceConsent.reject(session, id);
    super.denyRequest(id, status);
  }

  /** An approval that is not allowed changes nothing: the device may answer again. */
  private Map<String, String> approved(String id, Map<String, String> answer)
      throws AuthorizationError {
    try {
      return DeviceConsent.approve(session, id, answer);
    } catch (ApprovalCheck.Unapprovable | IllegalArgumentException e) {
      event.detail(Details.REASON, e.getMessage()).error(OAuthErrorException.INVALID_REQUEST);
      throw new ErrorResponseException(
          OAuthErrorException.INVALID_REQUEST,
          "the answer approves what the user cannot: " + e.getMessage(),
          Status.BAD_REQUEST);
    }
  }

  /**
   * Pings the client. A failed ping does not fail the device's answer: the client can get its
   * tokens anyway (CIBA 10.2).
   */
  @Override
  protected void sendClientNotificationRequest(
      ClientModel client, CibaConfig config, OAuth2DeviceCodeModel request) {
    if (!NotificationEndpoint.isSecure(config.getBackchannelClientNotificationEndpoint(client))) {
      LOGGER.warnf("Client '%s' gets no ping: its endpoint is not https", client.getClientId());
      return;
    }
    // A client that was pinged may ask for its tokens at once, even if it polled a moment ago: the
    // note of that poll, which would cause slow_down, is deleted.
    session.singleUseObjects().remove(request.serializePollingKey());
    try {
      super.sendClientNotificationRequest(client, config, request);
    } catch (ErrorResponseException e) {
      LOGGER.warnf("Client '%s' did not take its ping", client.getClientId());
    }
  }
}
