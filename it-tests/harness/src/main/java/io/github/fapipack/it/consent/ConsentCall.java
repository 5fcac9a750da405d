package io.github.fapipack.it.consent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * A request that the consent service has got.
 *
 * @param consentId the id in the path; empty for the keys
 * @param subject the parameter of a search for a consent; empty if it was not sent
 * @param body empty if there was none
 * @param certificate the subject of the client certificate; empty if there was none
 * @param claims of the JWT that authenticates the caller; empty if it is missing or not valid
 * @param status of the honest response, whatever the service has then responded
 */
public record ConsentCall(
    Operation operation,
    String consentId,
    Optional<String> subject,
    JsonNode body,
    Optional<String> certificate,
    Map<String, Object> claims,
    int status) {

  public ConsentCall {
    claims = Map.copyOf(claims);
  }
}
