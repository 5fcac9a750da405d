package io.github.fapipack.rule;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.StatusType;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyException;

/** Writes errors as JSON with {@code error} and {@code error_description} (RFC 6749 5.2). */
public final class OAuthError {

  private OAuthError() {}

  /** A response that is an error; the caller adds the headers that the endpoint needs. */
  public static ResponseBuilder response(StatusType status, String error, String sentence) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(new OAuth2ErrorRepresentation(error, sentence));
  }

  /** A response with a refusal's error, sentence and status. */
  public static ResponseBuilder response(ClientPolicyException refusal) {
    return response(refusal.getErrorStatus(), refusal.getError(), refusal.getErrorDetail());
  }

  /** Replaces the body of a response; its status and headers stay. */
  public static void write(ContainerResponseContext response, String error, String sentence) {
    response.setEntity(
        new OAuth2ErrorRepresentation(error, sentence), null, MediaType.APPLICATION_JSON_TYPE);
  }
}
