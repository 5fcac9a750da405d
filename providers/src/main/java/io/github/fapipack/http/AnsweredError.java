package io.github.fapipack.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.OAuth2Constants;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.util.JsonSerialization;

/**
 * The error in a response to a client, in any form: JSON, or parameters with which the user's
 * browser is sent back, in the address, in a form, or signed.
 *
 * @param status of HTTP
 * @param code the OAuth error code; null if there is none
 * @param description may be null
 */
record AnsweredError(int status, String code, String description) {

  /** The longest body that is searched for an error. */
  private static final int LONGEST_BODY = 10_000;

  /** The beginning of Keycloak's page that posts a response to the client. */
  private static final String FORM_POST = "<HTML>";

  private static final Pattern PARAMETER =
      Pattern.compile("(?i)name=\"(error|error_description|response)\"\\s+value=\"([^\"]*)\"");

  private static final String RESPONSE = "response";

  /**
   * The error in a response; empty if the response is not a refusal.
   *
   * @param interactive whether it goes to a browser
   */
  static Optional<AnsweredError> of(ContainerResponseContext response, boolean interactive) {
    int status = response.getStatus();
    if (status >= 400) {
      return Optional.of(ofBody(status, response.getEntity()));
    }
    if (!interactive) {
      return Optional.empty();
    }
    return status < 300
        ? ofForm(status, response.getEntity())
        : ofRedirect(status, response.getLocation());
  }

  private static AnsweredError ofBody(int status, Object body) {
    if (body instanceof OAuth2ErrorRepresentation error) {
      return new AnsweredError(status, error.getError(), error.getErrorDescription());
    }
    if (body instanceof Map<?, ?> members) {
      return new AnsweredError(
          status,
          text(members.get(OAuth2Constants.ERROR)),
          text(members.get(OAuth2Constants.ERROR_DESCRIPTION)));
    }
    if (body instanceof String text && text.startsWith("{") && text.length() <= LONGEST_BODY) {
      try {
        return ofJson(status, JsonSerialization.mapper.readTree(text));
      } catch (JsonProcessingException e) {
        return new AnsweredError(status, null, null);
      }
    }
    return new AnsweredError(status, null, null);
  }

  private static String text(Object value) {
    return value instanceof String text ? text : null;
  }

  private static AnsweredError ofJson(int status, JsonNode json) {
    return new AnsweredError(
        status,
        json.path(OAuth2Constants.ERROR).asText(null),
        json.path(OAuth2Constants.ERROR_DESCRIPTION).asText(null));
  }

  private static Optional<AnsweredError> ofForm(int status, Object page) {
    if (!(page instanceof String html) || !html.startsWith(FORM_POST)) {
      return Optional.empty();
    }
    String code = null;
    String description = null;
    Matcher parameter = PARAMETER.matcher(html);
    while (parameter.find()) {
      switch (parameter.group(1)) {
        case OAuth2Constants.ERROR -> code = parameter.group(2);
        case OAuth2Constants.ERROR_DESCRIPTION -> description = parameter.group(2);
        default -> {
          return ofSigned(status, parameter.group(2));
        }
      }
    }
    return code == null
        ? Optional.empty()
        : Optional.of(new AnsweredError(status, code, description));
  }

  private static Optional<AnsweredError> ofRedirect(int status, URI location) {
    if (location == null) {
      return Optional.empty();
    }
    String signed = parameter(location, RESPONSE);
    if (signed != null) {
      return ofSigned(status, signed);
    }
    String code = parameter(location, OAuth2Constants.ERROR);
    return code == null
        ? Optional.empty()
        : Optional.of(
            new AnsweredError(
                status, code, parameter(location, OAuth2Constants.ERROR_DESCRIPTION)));
  }

  /** A parameter of the query or the fragment, in which Keycloak writes each parameter once. */
  private static String parameter(URI location, String name) {
    for (String part : new String[] {location.getRawQuery(), location.getRawFragment()}) {
      for (String one : part == null ? new String[0] : part.split("&")) {
        if (one.startsWith(name + "=")) {
          return decoded(one.substring(name.length() + 1));
        }
      }
    }
    return null;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  /** A response that the server itself has signed (JARM); an encrypted one cannot be read. */
  private static Optional<AnsweredError> ofSigned(int status, String response) {
    try {
      JsonNode claims = new JWSInput(response).readJsonContent(JsonNode.class);
      return claims.hasNonNull(OAuth2Constants.ERROR)
          ? Optional.of(ofJson(status, claims))
          : Optional.empty();
    } catch (JWSInputException e) {
      return Optional.empty();
    }
  }
}
