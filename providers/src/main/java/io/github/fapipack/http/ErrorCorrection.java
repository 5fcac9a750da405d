package io.github.fapipack.http;

import io.github.fapipack.keycloak.KeycloakText;
import io.github.fapipack.protocol.RequestObjectFault;
import io.github.fapipack.request.ParameterLimits;
import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.Endpoint.Audience;
import io.github.fapipack.rule.Refusal;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

/**
 * Corrects refusals of Keycloak whose code or status does not follow the specifications: an invalid
 * DPoP proof (RFC 9449 5), failed client authentication (RFC 6749 5.2), and responses of resources
 * without a challenge (RFC 6750 3, RFC 9449 7.1).
 */
@Provider
@Priority(FilterOrder.CORRECTION)
public class ErrorCorrection implements ContainerResponseFilter {

  private static final int UNAUTHORIZED = 401;

  /** A registered code, and not one of Keycloak's placeholders. */
  private static final Pattern CODE = Pattern.compile("(?!unknown_error)[a-z_]+");

  private static final Pattern TOO_LONG =
      Pattern.compile(
          Pattern.quote(KeycloakText.LONG_PARAMETER.text())
              + "(.*)"
              + Pattern.quote(KeycloakText.LONG_PARAMETER_END.text()));

  private static final Pattern PARAMETER =
      Pattern.compile("\\b(error|error_description)=\"([^\"]*)\"");

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() < 400) {
      return;
    }
    Exchange.of(request)
        .ifPresent(
            exchange -> {
              if (Refusal.of(exchange.session()).isPresent()) {
                return; // a text of the pack
              }
              if (exchange.audience() == Audience.CLIENT) {
                correctCode(request, response, exchange.session());
              } else if (exchange.audience() == Audience.REGISTRATION) {
                nameCode(response);
              } else if (response.getStatus() == UNAUTHORIZED
                  && (exchange.audience() == Audience.USERINFO
                      || exchange.audience() == Audience.RESOURCE)) {
                challenge(request, response, exchange.session());
              }
            });
  }

  private static void correctCode(
      ContainerRequestContext request, ContainerResponseContext response, KeycloakSession session) {
    if (!(response.getEntity() instanceof OAuth2ErrorRepresentation error)) {
      return;
    }
    String code = error.getError();
    if (response.getStatus() == UNAUTHORIZED
        && !"invalid_client".equals(code)
        && !OAuthErrorException.INVALID_TOKEN.equals(code)) {
      // RFC 6749 5.2: 401 is only for failed client authentication (or an authentication device
      // without its token). CIBA Core 13 has a code for a client that may not use the grant;
      // Keycloak uses the one for an invalid code.
      response.setStatus(Status.BAD_REQUEST.getStatusCode());
      error.setError("invalid_grant".equals(code) ? "unauthorized_client" : code);
    }
    if (KeycloakText.MALFORMED_REQUEST.is(error.getErrorDescription())) {
      error.setErrorDescription(
          RequestObjectFault.ofRequest(
                  session, session.getContext().getHttpRequest().getDecodedFormParameters())
              .orElse("the request is malformed"));
    }
    explain(error, session);
    String sentence = Objects.requireNonNullElse(error.getErrorDescription(), "");
    if ("invalid_request".equals(code) && request.getHeaderString("DPoP") != null) {
      if (KeycloakText.OTHER_PROOF_KEY.begins(sentence)) {
        // The proof is valid, but the grant is bound to another key; at the PAR endpoint the
        // request itself names two keys.
        error.setError(isToken(request) ? "invalid_grant" : code);
      } else if (sentence.contains("DPoP")
          || KeycloakText.UNKNOWN_PROOF_ALGORITHM.begins(sentence)) {
        error.setError("invalid_dpop_proof");
      }
    }
  }

  /** Adds what Keycloak leaves out: the limit that is exceeded, the scope that is unknown. */
  private static void explain(OAuth2ErrorRepresentation error, KeycloakSession session) {
    String sentence = Objects.requireNonNullElse(error.getErrorDescription(), "");
    Matcher tooLong = TOO_LONG.matcher(sentence);
    if (tooLong.matches()) {
      error.setErrorDescription(ParameterLimits.of(session).sentence(tooLong.group(1)));
    } else if (KeycloakText.MALFORMED_VERIFIER.ends(sentence)) {
      error.setErrorDescription(
          "code_verifier must have 43 to 128 characters, only A-Z a-z 0-9 - . _ ~");
    } else if (KeycloakText.UNKNOWN_SCOPE.begins(sentence)) {
      // RFC 6749 4.1.2.1, which also applies to the endpoint for pushed requests (RFC 9126 2.3).
      error.setError(OAuthErrorException.INVALID_SCOPE);
      error.setErrorDescription(
          "a scope is unknown, or not one of this client; ask only for those that it is"
              + " registered for");
    }
  }

  /**
   * Keycloak's response to a body that cannot be parsed has no registered code (RFC 7591 3.2.2).
   */
  private static void nameCode(ContainerResponseContext response) {
    if (response.getStatus() == Status.BAD_REQUEST.getStatusCode()
        && response.getEntity() instanceof OAuth2ErrorRepresentation error
        && (error.getError() == null || !CODE.matcher(error.getError()).matches())) {
      error.setError("invalid_client_metadata");
      error.setErrorDescription("this endpoint does not accept the body");
    }
  }

  private static void challenge(
      ContainerRequestContext request, ContainerResponseContext response, KeycloakSession session) {
    if (request.getHeaderString(HttpHeaders.AUTHORIZATION) == null) {
      Challenge.invite(response, session);
      return;
    }
    String error = "invalid_token";
    String sentence = "the access token or its proof is not valid";
    Matcher given =
        PARAMETER.matcher(
            Objects.requireNonNullElse(response.getHeaderString(HttpHeaders.WWW_AUTHENTICATE), ""));
    while (given.find()) {
      if ("error".equals(given.group(1))) {
        error = given.group(2);
      } else {
        sentence = given.group(2);
      }
    }
    Challenge.write(request, response, session.getContext().getRealm(), error, sentence);
  }

  private static boolean isToken(ContainerRequestContext request) {
    return Endpoint.of(request) == Endpoint.TOKEN;
  }
}
