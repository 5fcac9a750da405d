package io.github.fapipack.approval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpoint;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What a client asks of the user beyond scopes, kept with the authentication session of that
 * authorization. Client notes survive a restart of the login, unlike auth notes. Keycloak copies
 * them into the session that all authorizations of a client share; the copies are not used.
 *
 * @param authorizationDetails validated objects; may be empty
 * @param action what to do to a grant, or null if the client does not use Grant Management
 * @param grantId the grant to merge into or to replace, or null
 * @param consent the consent of the bank that the request names, or null
 */
public record ConsentRequest(
    List<ObjectNode> authorizationDetails,
    GrantAction action,
    String grantId,
    ConsentReference consent) {

  /**
   * An additional parameter of the authorization request becomes a client note of the
   * authentication session. Clients cannot send this one.
   */
  public static final String PARAMETER = "fapi.request.authorization_details";

  /** The same for the purpose in the client's own words. */
  public static final String PURPOSE_PARAMETER = "fapi.request.purpose";

  private static final String PURPOSE =
      AuthorizationEndpoint.LOGIN_SESSION_NOTE_ADDITIONAL_REQ_PARAMS_PREFIX + PURPOSE_PARAMETER;
  private static final String DETAILS =
      AuthorizationEndpoint.LOGIN_SESSION_NOTE_ADDITIONAL_REQ_PARAMS_PREFIX + PARAMETER;
  private static final String ACTION = "fapi.request.grant_management_action";
  private static final String GRANT = "fapi.request.grant_id";
  private static final String PREFIX = "fapi.request.";

  /** The request of an authentication session; empty if it asks for nothing beyond scopes. */
  public static Optional<ConsentRequest> of(AuthenticationSessionModel authentication) {
    if (!isIn(authentication)) {
      return Optional.empty();
    }
    String details = authentication.getClientNote(DETAILS);
    String action = authentication.getClientNote(ACTION);
    return Optional.of(
        new ConsentRequest(
            details == null ? List.of() : AuthorizationDetails.parse(details),
            action == null ? null : GrantAction.valueOf(action),
            authentication.getClientNote(GRANT),
            ConsentReference.read(authentication::getClientNote, PREFIX)));
  }

  /** Whether an authentication session asks for more than scopes; nothing is parsed. */
  public static boolean isIn(AuthenticationSessionModel authentication) {
    return authentication.getClientNote(DETAILS) != null
        || authentication.getClientNote(ACTION) != null
        || authentication.getClientNote(PURPOSE) != null
        || authentication.getClientNote(PREFIX + ConsentReference.ID) != null;
  }

  /** Why the client asks, in its own words; empty if it does not say. */
  public static Optional<String> purpose(AuthenticationSessionModel authentication) {
    return Optional.ofNullable(authentication.getClientNote(PURPOSE));
  }

  /** Keeps the action on a grant that the client asks for. */
  public static void keepGrant(
      AuthenticationSessionModel authentication, GrantAction action, String grantId) {
    authentication.setClientNote(ACTION, action.name());
    if (grantId != null) {
      authentication.setClientNote(GRANT, grantId);
    }
  }

  /** Keeps the consent that the client names. */
  public static void keepConsent(
      AuthenticationSessionModel authentication, ConsentReference consent) {
    consent.write(authentication::setClientNote, PREFIX);
  }

  /** The id of the consent of the bank, or null. */
  public String consentId() {
    return consent == null ? null : consent.id();
  }

  /** Removes the unused copies from the session that all authorizations of a client share. */
  public static void forget(AuthenticatedClientSessionModel shared) {
    Stream.of(
            PURPOSE,
            DETAILS,
            ACTION,
            GRANT,
            PREFIX + ConsentReference.ID,
            PREFIX + ConsentReference.SCOPE)
        .filter(note -> shared.getNote(note) != null)
        .forEach(shared::removeNote);
  }
}
