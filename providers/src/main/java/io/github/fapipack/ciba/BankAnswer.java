package io.github.fapipack.ciba;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.bridge.BankConsent;
import io.github.fapipack.consent.AuthorizationError;
import io.github.fapipack.consent.BankDecision;
import io.github.fapipack.jose.StrictJson;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

/**
 * What a device answers about a consent that the bank holds: {@code accounts}, a JSON text with the
 * ids of the chosen accounts. Without it, the user has authorised the consent at the bank already,
 * or there is nothing to choose.
 */
final class BankAnswer {

  /** A parameter of the device's answer. */
  static final String ACCOUNTS = "accounts";

  /** Seconds after which a request can be repeated. */
  private static final int RETRY = 5;

  private BankAnswer() {}

  /**
   * Has the consent authorised.
   *
   * @param accounts as the device sent them, or null
   * @throws IllegalArgumentException if they are not a JSON array of texts, or not such as the bank
   *     offers
   */
  static BankConsent authorise(BankDecision decision, String accounts) throws AuthorizationError {
    return decision.authoriseUnlessDone(
        accounts == null ? Optional.empty() : Optional.of(parse(accounts)));
  }

  private static List<String> parse(String accounts) {
    try {
      JsonNode array = StrictJson.value(accounts);
      List<String> ids = new ArrayList<>();
      array.forEach(id -> ids.add(id.textValue()));
      if (array.isArray() && !ids.contains(null)) {
        return ids;
      }
    } catch (JsonProcessingException e) {
      // Reported below.
    }
    throw new IllegalArgumentException(ACCOUNTS + " must be a JSON array of account ids");
  }

  /** The error response to a client or a device (CIBA 13). */
  static WebApplicationException refused(AuthorizationError error, EventBuilder event) {
    event.detail(Details.REASON, error.getMessage()).error(error.error());
    return new WebApplicationException(response(error));
  }

  /** The same as a response, with which the transaction of the request is not rolled back. */
  static Response response(AuthorizationError error) {
    boolean later = OAuthErrorException.TEMPORARILY_UNAVAILABLE.equals(error.error());
    Response.ResponseBuilder response =
        Response.status(later ? Response.Status.SERVICE_UNAVAILABLE : Response.Status.FORBIDDEN)
            .type(MediaType.APPLICATION_JSON_TYPE)
            .entity(new OAuth2ErrorRepresentation(error.error(), error.getMessage()));
    return later ? response.header(HttpHeaders.RETRY_AFTER, RETRY).build() : response.build();
  }
}
