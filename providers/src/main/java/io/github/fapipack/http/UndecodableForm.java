package io.github.fapipack.http;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.error.KeycloakErrorHandler;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Answers a form that cannot be decoded with HTTP 400: it fails before anything of Keycloak sees
 * it, and would be a server error. Everything else is left to Keycloak.
 */
@Provider
public class UndecodableForm implements ExceptionMapper<IllegalArgumentException> {

  private static final String DECODER = "org.jboss.resteasy.reactive.common.util.URLUtils";

  @Override
  public Response toResponse(IllegalArgumentException failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    if (trace.length == 0 || !trace[0].getClassName().equals(DECODER)) {
      KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
      return session == null
          ? Response.serverError().build()
          : KeycloakErrorHandler.getResponse(session, failure);
    }
    return Response.status(Status.BAD_REQUEST)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(
            new OAuth2ErrorRepresentation(
                OAuthErrorException.INVALID_REQUEST,
                "the form cannot be decoded; send it as application/x-www-form-urlencoded"))
        .build();
  }
}
