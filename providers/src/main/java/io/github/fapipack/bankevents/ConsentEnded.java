package io.github.fapipack.bankevents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.bridge.ConsentId;
import io.github.fapipack.bridge.ConsentUnavailable;
import io.github.fapipack.bridge.ServiceJwts;
import io.github.fapipack.rule.Clause;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/**
 * The event that a consent has ended at the bank (RFC 8417): its type is {@link #TYPE}, and the
 * member {@code consent_id} of its payload names the consent.
 *
 * @param consentId the consent
 */
@Clause("CB 4-3")
record ConsentEnded(String consentId) {

  /** The type of the event. */
  static final String TYPE = "https://fapipack.github.io/events/consent-ended";

  private static final Logger LOGGER = Logger.getLogger(ConsentEnded.class);

  /**
   * Reads an event of the session's realm.
   *
   * @param token the event as it was sent
   */
  static ConsentEnded read(KeycloakSession session, String token) throws EventFault {
    ObjectNode claims;
    try {
      claims =
          ServiceJwts.of(session, session.getContext().getRealm()).verify(token, "secevent+jwt");
    } catch (ServiceJwts.Fault e) {
      throw switch (e.kind()) {
        case FORM -> EventFault.request(e.getMessage());
        case KEY -> EventFault.key(e.getMessage());
        case ISSUER -> EventFault.issuer(e.getMessage());
        case AUDIENCE -> EventFault.audience(e.getMessage());
      };
    } catch (ConsentUnavailable e) {
      LOGGER.warnf("An event cannot be verified: %s", e.getMessage());
      throw EventFault.temporary();
    }
    JsonNode events = claims.path("events");
    JsonNode payload = events.path(TYPE);
    if (!events.isObject() || !payload.isObject()) {
      throw EventFault.request("events must contain " + TYPE);
    }
    String consentId = payload.path("consent_id").textValue();
    if (!ConsentId.isValid(consentId)) {
      throw EventFault.request("consent_id is missing or is not the id of a consent");
    }
    return new ConsentEnded(consentId);
  }
}
