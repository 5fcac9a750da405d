package io.github.fapipack.http;

import io.github.fapipack.rule.OAuthError;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.WebApplicationException;
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
import org.keycloak.util.JsonSerialization;
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
    // Where no endpoint was found there is none yet; Keycloak's own handler has one made too.
    Response answer =
        KeycloakErrorHandler.getResponse(
            session == null ? CDI.current().select(KeycloakSession.class).get() : session, failure);
    int meant =
        failure instanceof WebApplicationException own
            ? own.getResponse().getStatus()
            : answer.getStatus();
    if (answer.getStatus() >= 500 && meant < 500) {
      // It may fail to show its page, for which it asks the database.
      return Response.status(meant).build();
    }
    return failure instanceof ClientErrorException ? writable(answer) : answer;
  }

  /** Where no method was found, RESTEasy can write nothing but plain text. */
  private static Response writable(Response answer) {
    return answer.getEntity() instanceof OAuth2ErrorRepresentation error
        ? Response.fromResponse(answer)
            .type(MediaType.TEXT_PLAIN_TYPE)
            .entity(JsonSerialization.mapper.valueToTree(error).toString())
            .build()
        : answer;
  }

  private static boolean comesFromAReader(Exception failure) {
    return Arrays.stream(failure.getStackTrace())
        .dropWhile(frame -> frame.getClassName().startsWith("java."))
        .limit(1)
        .anyMatch(frame -> READERS.stream().anyMatch(frame.getClassName()::startsWith));
  }
}
