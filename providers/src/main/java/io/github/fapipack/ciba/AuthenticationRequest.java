package io.github.fapipack.ciba;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.occasion.BackchannelRequestEvent;
import io.github.fapipack.request.RequestObject;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import java.util.Optional;
import org.keycloak.models.CibaConfig;

/**
 * A backchannel authentication request (CIBA 7.1), with its parameters from the authoritative
 * source: the request object if there is one, otherwise the form.
 */
record AuthenticationRequest(BackchannelRequestEvent event, Optional<RequestObject> object) {

  /**
   * The request on an occasion; empty if the occasion is another one.
   *
   * @throws Refusal if its request object cannot be read
   */
  static Optional<AuthenticationRequest> in(Occasion occasion) throws Refusal {
    return occasion.context() instanceof BackchannelRequestEvent event
        ? Optional.of(new AuthenticationRequest(event, RequestObject.in(occasion)))
        : Optional.empty();
  }

  boolean has(String parameter) {
    return object.isPresent()
        ? object.get().claims().has(parameter)
        : event.form().containsKey(parameter);
  }

  /**
   * The value of a parameter that is text.
   *
   * @return empty if it is missing or blank
   * @throws Refusal if it is not a string
   */
  Optional<String> text(String parameter) throws Refusal {
    String text = event.form().getFirst(parameter);
    if (object.isPresent()) {
      JsonNode claim = object.get().claims().path(parameter);
      if (!claim.isMissingNode() && !claim.isTextual()) {
        throw Refusal.invalidRequest(parameter + " must be a string");
      }
      text = claim.textValue();
    }
    return Optional.ofNullable(text).filter(value -> !value.isBlank());
  }

  /** The token delivery mode: the client's or, if it has none, the realm's. */
  String deliveryMode() {
    return policy().getBackchannelTokenDeliveryMode(event.client());
  }

  /** The realm's settings. */
  CibaConfig policy() {
    return event.client().getRealm().getCibaPolicy();
  }
}
