package io.github.fapipack.approval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What the user has approved in one authorization.
 *
 * @param authorizationDetails the approved objects, with the values that the user picked; may be
 *     empty
 * @param action what to do to a grant, or null if the client does not use Grant Management
 * @param grantId the grant to merge into or to replace, or null
 * @param expiresAt when the grant ends, in seconds since the epoch, or null for never
 * @param consent the consent of the bank that was authorised, or null
 */
public record Approval(
    List<ObjectNode> authorizationDetails,
    GrantAction action,
    String grantId,
    Long expiresAt,
    ConsentReference consent) {

  private static final String NOTE = "fapi.approval.";
  private static final String DETAILS = "authorization_details";
  private static final String ACTION = "action";
  private static final String GRANT = "grant_id";
  private static final String EXPIRES = "expires_at";

  /** The approval that was given in an authentication session; empty if there was none. */
  public static Optional<Approval> of(AuthenticationSessionModel authentication) {
    Map<String, String> notes = new HashMap<>();
    for (String name :
        List.of(DETAILS, ACTION, GRANT, EXPIRES, ConsentReference.ID, ConsentReference.SCOPE)) {
      String value = authentication.getAuthNote(NOTE + name);
      if (value != null) {
        notes.put(name, value);
      }
    }
    return notes.containsKey(DETAILS) ? Optional.of(of(notes)) : Optional.empty();
  }

  /** Whether an approval was given in an authentication session; nothing is parsed. */
  public static boolean isIn(AuthenticationSessionModel authentication) {
    return authentication.getAuthNote(NOTE + DETAILS) != null;
  }

  /** The id of the consent of the bank, or null. */
  public String consentId() {
    return consent == null ? null : consent.id();
  }

  /** A copy without the grant. */
  public Approval withoutGrant() {
    return new Approval(authorizationDetails, null, null, expiresAt, consent);
  }

  /** A copy that ends at another time, in seconds since the epoch, or never if that is null. */
  public Approval endingAt(Long seconds) {
    return new Approval(authorizationDetails, action, grantId, seconds, consent);
  }

  /** Keeps the approval until the authorization response. */
  public void keep(AuthenticationSessionModel authentication) {
    toNotes().forEach((name, value) -> authentication.setAuthNote(NOTE + name, value));
  }

  /** Reads what {@link #toNotes} wrote. */
  public static Approval of(Map<String, String> notes) {
    return new Approval(
        AuthorizationDetails.parse(notes.get(DETAILS)),
        notes.containsKey(ACTION) ? GrantAction.valueOf(notes.get(ACTION)) : null,
        notes.get(GRANT),
        notes.containsKey(EXPIRES) ? Long.valueOf(notes.get(EXPIRES)) : null,
        ConsentReference.read(notes::get, ""));
  }

  /** The approval for a store that holds strings. */
  public Map<String, String> toNotes() {
    Map<String, String> notes = new HashMap<>();
    notes.put(DETAILS, AuthorizationDetails.toJson(authorizationDetails));
    if (action != null) {
      notes.put(ACTION, action.name());
    }
    if (grantId != null) {
      notes.put(GRANT, grantId);
    }
    if (expiresAt != null) {
      notes.put(EXPIRES, expiresAt.toString());
    }
    if (consent != null) {
      consent.write(notes::put, "");
    }
    return notes;
  }
}
