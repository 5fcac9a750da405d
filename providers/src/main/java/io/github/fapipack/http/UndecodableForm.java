package io.github.fapipack.http;

import io.github.fapipack.keycloak.FormReaders;
import io.github.fapipack.rule.OAuthError;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.error.KeycloakErrorHandler;
import org.keycloak.util.JsonSerialization;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Answers a form that cannot be decoded with HTTP 400: it fails before Keycloak's code runs, and
 * would be a server error. All other exceptions are left to Keycloak.
 */
@Provider
public class UndecodableForm implements ExceptionMapper<Exception> {

  @Override
  public Response toResponse(Exception failure) {
    if (!FormReaders.haveThrown(failure)) {
      return byKeycloak(failure);
    }
    return OAuthError.response(
            Status.BAD_REQUEST,
            OAuthErrorException.INVALID_REQUEST,
            "the form cannot be decoded; send it as application/x-www-form-urlencoded")
        .build();
  }

  private static Response byKeycloak(Exception failure) {
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    // If no endpoint was matched there is no session yet; Keycloak's own handler creates one too.
    Response answer =
        KeycloakErrorHandler.getResponse(
            session == null ? CDI.current().select(KeycloakSession.class).get() : session, failure);
    int meant =
        failure instanceof WebApplicationException own
            ? own.getResponse().getStatus()
            : answer.getStatus();
    if (answer.getStatus() >= 500 && meant < 500) {
      // Keycloak may fail to render its page, for which it needs the database.
      return Response.status(meant).build();
    }
    return failure instanceof ClientErrorException ? writable(answer) : answer;
  }

  /** If no method was matched, RESTEasy can only write plain text. */
  private static Response writable(Response answer) {
    return answer.getEntity() instanceof OAuth2ErrorRepresentation error
        ? Response.fromResponse(answer)
            .type(MediaType.TEXT_PLAIN_TYPE)
            .entity(JsonSerialization.mapper.valueToTree(error).toString())
            .build()
        : answer;
  }
}
