package io.github.fapipack.request;

import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;

/**
 * An authorization request on one of the two occasions on which Keycloak has its parameters: when
 * it is pushed, and when a browser brings it to the authorization endpoint. Rules that check its
 * parameters check them on both.
 *
 * @param step how the request arrives
 * @param client the client, which has authenticated if the request is being pushed
 * @param parameters the parameters as Keycloak has parsed them, from the request object if there is
 *     one
 * @param redirectUri the redirect URI; null if a pushed request has none. At the authorization
 *     endpoint it is the only registered one if the request has none
 */
public record SentRequest(
    Step step, ClientModel client, AuthorizationEndpointRequest parameters, String redirectUri) {

  /** How an authorization request arrives. */
  public enum Step {
    /** The client pushes it (RFC 9126 2.1). */
    PUSHED,

    /** A browser brings the {@code request_uri} of a request that was pushed. */
    BY_REFERENCE,

    /** A browser brings the request itself. */
    BY_VALUE
  }

  /** The authorization request on an occasion; empty on any other occasion. */
  public static Optional<SentRequest> in(ClientPolicyContext context) {
    if (context instanceof PushedAuthorizationRequestContext pushed) {
      AuthorizationEndpointRequest parameters = pushed.getRequest();
      return Optional.of(
          new SentRequest(
              Step.PUSHED, pushed.getClient(), parameters, parameters.getRedirectUri()));
    }
    return context instanceof AuthorizationRequestContext request
        ? Optional.of(
            new SentRequest(
                request.isParRequest() ? Step.BY_REFERENCE : Step.BY_VALUE,
                request.getClient(),
                request.getAuthorizationEndpointRequest(),
                request.getRedirectUri()))
        : Optional.empty();
  }

  /** Whether the request is being pushed, or was pushed before. */
  public boolean usesPushing() {
    return step != Step.BY_VALUE;
  }
}
