package io.github.fapipack.consent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.grants.GrantAction;
import io.github.fapipack.rar.AuthorizationDetails;
import java.util.List;
import java.util.Optional;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What a client asks of the user beyond scopes, kept with the authentication session of that one
 * authorization. Auth notes stay there: Keycloak copies client notes into the session that all
 * authorizations of a client share.
 *
 * @param authorizationDetails validated objects; may be empty
 * @param action what to do to a grant, or null when the client manages none
 * @param grantId the grant to merge into or to replace, or null
 */
public record ConsentRequest(
    List<ObjectNode> authorizationDetails, GrantAction action, String grantId) {

  private static final String DETAILS = "fapi.request.authorization_details";
  private static final String ACTION = "fapi.request.grant_management_action";
  private static final String GRANT = "fapi.request.grant_id";

  /** The request of an authentication session; empty when it asks for nothing beyond scopes. */
  public static Optional<ConsentRequest> of(AuthenticationSessionModel authentication) {
    String details = authentication.getAuthNote(DETAILS);
    String action = authentication.getAuthNote(ACTION);
    if (details == null && action == null) {
      return Optional.empty();
    }
    return Optional.of(
        new ConsentRequest(
            details == null ? List.of() : AuthorizationDetails.parse(details),
            action == null ? null : GrantAction.valueOf(action),
            authentication.getAuthNote(GRANT)));
  }

  /** Keeps the details that the client asks for. */
  public static void keepDetails(
      AuthenticationSessionModel authentication, List<ObjectNode> details) {
    authentication.setAuthNote(DETAILS, AuthorizationDetails.toJson(details));
  }

  /** Keeps what the client wants to do to which grant. */
  public static void keepGrant(
      AuthenticationSessionModel authentication, GrantAction action, String grantId) {
    authentication.setAuthNote(ACTION, action.name());
    if (grantId != null) {
      authentication.setAuthNote(GRANT, grantId);
    }
  }
}
