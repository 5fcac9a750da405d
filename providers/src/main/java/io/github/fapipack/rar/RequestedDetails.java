package io.github.fapipack.rar;

import io.github.fapipack.approval.AuthorizationDetails;
import io.github.fapipack.approval.InvalidAuthorizationDetails;
import io.github.fapipack.request.RequestObject;
import io.github.fapipack.request.SentParameter;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * The parameter as it was sent, from the authoritative source: the request object if there is one,
 * otherwise the other parameters (RFC 9396 3). Keycloak itself would shorten or drop it.
 */
@Clause("RFC9396 3-1")
public final class RequestedDetails {

  private RequestedDetails() {}

  /**
   * The parameter of a request with these parameters.
   *
   * @return its JSON text; empty if it was not sent
   * @throws Refusal if it is in the wrong place
   */
  public static Optional<String> among(
      KeycloakSession session, MultivaluedMap<String, String> parameters) throws Refusal {
    return among(parameters, RequestObject.among(session, parameters));
  }

  /** The same for a request object that was parsed already. */
  public static Optional<String> among(
      MultivaluedMap<String, String> parameters, Optional<RequestObject> object) throws Refusal {
    if (object.isPresent()) {
      requireNoneBeside(parameters);
    }
    return json(SentParameter.among(object, parameters, AuthorizationDetails.PARAMETER));
  }

  /**
   * The parameter of a request at the authorization endpoint, after Keycloak has parsed and
   * verified it.
   *
   * @param query the query parameters of the browser's request
   */
  static Optional<String> atAuthorizationEndpoint(
      KeycloakSession session, MultivaluedMap<String, String> query) throws Refusal {
    if (query.containsKey(OIDCLoginProtocol.REQUEST_URI_PARAM)
        || query.containsKey(OIDCLoginProtocol.REQUEST_PARAM)) {
      requireNoneBeside(query);
    }
    return json(
        SentParameter.atAuthorizationEndpoint(session, query, AuthorizationDetails.PARAMETER));
  }

  private static void requireNoneBeside(MultivaluedMap<String, String> parameters) throws Refusal {
    String beside = parameters.getFirst(AuthorizationDetails.PARAMETER);
    if (beside != null && !beside.isBlank()) {
      throw misplaced();
    }
  }

  static Refusal misplaced() {
    return InvalidAuthorizationDetails.refusal(
        "put authorization_details into the request object or the pushed request, not beside it");
  }

  private static Optional<String> json(Optional<SentParameter> sent) {
    return sent.map(SentParameter::json).filter(json -> !json.isBlank());
  }
}
