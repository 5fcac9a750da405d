package io.github.fapipack.http;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;
import java.util.List;
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
public class UndecodableForm implements ExceptionMapper<Exception> {

  /** They fail on bad escapes, unknown character sets, endless lists and broken parts. */
  private static final List<String> READERS =
      List.of(
          "org.jboss.resteasy.reactive.common.util.URLUtils",
          "org.jboss.resteasy.reactive.server.core.multipart.FormData",
          "org.jboss.resteasy.reactive.server.core.multipart.FormEncodedDataDefinition",
          "org.jboss.resteasy.reactive.server.core.multipart.MultiPartParserDefinition");

  @Override
  public Response toResponse(Exception failure) {
    if (!comesFromAReader(failure)) {
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

  private static boolean comesFromAReader(Exception failure) {
    return Arrays.stream(failure.getStackTrace())
        .dropWhile(frame -> frame.getClassName().startsWith("java."))
        .limit(1)
        .anyMatch(frame -> READERS.stream().anyMatch(frame.getClassName()::startsWith));
  }
}
