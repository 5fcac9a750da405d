package io.github.fapipack.ciba;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.AuthorizationDetails;
import io.github.fapipack.consent.AuthorizationError;
import io.github.fapipack.keycloak.ParameterNames;
import io.github.fapipack.occasion.BackchannelRequestEvent;
import io.github.fapipack.rar.DetailsCheck;
import io.github.fapipack.rar.RequestedDetails;
import io.github.fapipack.request.ResourceIndicators;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.token.ForgottenProof;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.BackchannelAuthenticationEndpoint;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequest;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequestParser;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.util.JsonSerialization;

/**
 * Keycloak's backchannel authentication endpoint (CIBA 7), extended: it asks the rules before it
 * reads the request, and separates the client's parameters from Keycloak's own.
 */
@Clause("CIBA 7.1-1")
final class AuthenticationRequests extends BackchannelAuthenticationEndpoint {

  private static final Logger LOGGER = Logger.getLogger(AuthenticationRequests.class);

  /**
   * One message for a user that is unknown, disabled or locked, so that clients cannot tell these
   * apart.
   */
  private static final String UNKNOWN = "invalid_user";

  private static final int LONGEST_FURTHER_PARAMETER =
      BackchannelAuthenticationEndpointRequestParser.ADDITIONAL_REQ_PARAMS_MAX_SIZE;
  private static final int MOST_FURTHER_PARAMETERS =
      BackchannelAuthenticationEndpointRequestParser.ADDITIONAL_REQ_PARAMS_MAX_MUMBER;

  /** Members that Keycloak itself writes into an auth_req_id. */
  private static final Set<String> OWN =
      JsonSerialization.mapper
          .getDeserializationConfig()
          .introspect(JsonSerialization.mapper.constructType(CIBAAuthenticationRequest.class))
          .findProperties()
          .stream()
          .map(BeanPropertyDefinition::getName)
          .collect(Collectors.toUnmodifiableSet());

  /** Client credentials, which must not be passed on to the device. */
  private static final Set<String> CREDENTIALS =
      Set.of(OAuth2Constants.CLIENT_ASSERTION, OAuth2Constants.CLIENT_ASSERTION_TYPE);

  AuthenticationRequests(KeycloakSession session, EventBuilder event) {
    super(session, event);
  }

  @Override
  public Response processGrantRequest() {
    try {
      return super.processGrantRequest();
    } catch (ErrorResponseException e) {
      throw UNKNOWN.equals(e.getErrorDescription()) ? unknownUser() : e;
    } catch (WebApplicationException e) {
      throw e;
    } catch (RuntimeException e) {
      // Malformed input must not be reported as a server error; the log has the cause.
      LOGGER.warn("A backchannel authentication request could not be processed", e);
      throw refused(OAuthErrorException.INVALID_REQUEST, "the request is malformed");
    }
  }

  @Override
  protected ClientModel authenticateClient() {
    ClientModel client = super.authenticateClient();
    requireInterval();
    try {
      RealmRules.trigger(
          session,
          new BackchannelRequestEvent(
              client, session.getContext().getHttpRequest().getDecodedFormParameters()));
    } catch (ClientPolicyException e) {
      event.detail(Details.REASON, e.getErrorDetail()).error(e.getError());
      throw new ErrorResponseException(e.getError(), e.getErrorDetail(), e.getErrorStatus());
    }
    // The rule for them has kept the resources; Keycloak would refuse a second one.
    session
        .getContext()
        .getHttpRequest()
        .getDecodedFormParameters()
        .remove(ResourceIndicators.PARAMETER);
    return RequestingClient.of(session, client);
  }

  /** Without an interval, Keycloak fails at every token request; CIBA 7.3 defines a default. */
  private void requireInterval() {
    RealmModel current = session.getContext().getRealm();
    int interval = current.getCibaPolicy().getPoolingInterval();
    if (interval < 1) {
      LOGGER.warnf("The polling interval of realm '%s' was %d s", current.getName(), interval);
      current.setAttribute(CibaConfig.CIBA_INTERVAL, CibaConfig.DEFAULT_CIBA_POLICY_INTERVAL);
    }
  }

  /**
   * Keycloak writes every unknown parameter into the auth_req_id; these must not replace Keycloak's
   * own members.
   */
  @Override
  protected void extractAdditionalParams(
      BackchannelAuthenticationEndpointRequest parsed, CIBAAuthenticationRequest request) {
    if (request.getUser().getServiceAccountClientLink() != null) {
      throw unknownUser(); // a service account, which has no user who could be asked
    }
    JsonNode signed =
        session.getAttribute(
            BackchannelAuthenticationEndpointRequestParser.CIBA_SIGNED_AUTHENTICATION_REQUEST,
            JsonNode.class);
    Map<String, ?> further = signed == null ? parsed.getAdditionalReqParams() : members(signed);
    further.entrySet().stream()
        .filter(parameter -> isForTheDevice(parameter.getKey(), parameter.getValue()))
        // Known parameters come first, so that unknown ones cannot use up Keycloak's limit.
        .sorted(Comparator.comparing(parameter -> !DeviceConsent.isRead(parameter.getKey())))
        .limit(MOST_FURTHER_PARAMETERS)
        .forEach(parameter -> request.setOtherClaims(parameter.getKey(), parameter.getValue()));
    try {
      AskedConsent.put(session, request);
    } catch (AuthorizationError e) {
      throw BankAnswer.refused(e, event);
    }
    // As JSON text, which stays the same whenever the auth_req_id is parsed.
    List<ObjectNode> details = details(request.getClient());
    if (!details.isEmpty()) {
      request.setOtherClaims(AuthorizationDetails.PARAMETER, AuthorizationDetails.toJson(details));
    }
    String resources = ResourceIndicators.kept(session);
    if (resources != null) {
      request.setOtherClaims(ResourceIndicators.PARAMETER, resources);
    }
    // The time that the device has to answer is the lifetime that the client is told, whatever it
    // asked for.
    request.exp(request.getIat() + session.getContext().getRealm().getCibaPolicy().getExpiresIn());
    DeviceConsent.keep(session, request, details);
    ForgottenProof.note(session, request, DeviceConsent.secondsToLive(session));
  }

  /** Checked even if a policy exempts the client: users are never asked about invalid details. */
  private List<ObjectNode> details(ClientModel client) {
    MultivaluedMap<String, String> form =
        session.getContext().getHttpRequest().getDecodedFormParameters();
    try {
      Optional<String> json = RequestedDetails.among(session, form);
      return json.isPresent() ? DetailsCheck.check(session, client, json.get()) : List.of();
    } catch (Refusal e) {
      throw refused(e.getError(), e.getErrorDetail());
    }
  }

  private static Map<String, JsonNode> members(JsonNode object) {
    return object.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static boolean isForTheDevice(String name, Object value) {
    return !OWN.contains(name)
        && !CREDENTIALS.contains(name)
        && !AskedConsent.isMember(name)
        && !AuthorizationDetails.PARAMETER.equals(name)
        && !ResourceIndicators.PARAMETER.equals(name)
        && !ParameterNames.areOfBackchannel(name)
        // A rule limits the size of a context.
        && (RestrictRequestContext.PARAMETER.equals(name)
            || value.toString().length() <= LONGEST_FURTHER_PARAMETER);
  }

  private ErrorResponseException unknownUser() {
    return refused("unknown_user_id", "the hint names no user of this realm who can be asked");
  }

  private ErrorResponseException refused(String error, String sentence) {
    event.detail(Details.REASON, sentence).error(error);
    return new ErrorResponseException(error, sentence, Status.BAD_REQUEST);
  }
}
