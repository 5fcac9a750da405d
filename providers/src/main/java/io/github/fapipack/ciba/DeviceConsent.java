package io.github.fapipack.ciba;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.Approval;
import io.github.fapipack.approval.AuthorizationDetails;
import io.github.fapipack.approval.ConsentReference;
import io.github.fapipack.approval.ConsentRequest;
import io.github.fapipack.approval.GrantAction;
import io.github.fapipack.bridge.BankConsent;
import io.github.fapipack.consent.ApprovalCheck;
import io.github.fapipack.consent.AuthorizationError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/**
 * What a user is asked on another device beyond scopes, and what the user approves there. The
 * device may answer with {@code authorization_details}, a JSON text of the approved objects, and
 * {@code grant_lifetime}, one of the durations that the realm offers; without them everything is
 * approved, for the first offered lifetime.
 */
final class DeviceConsent {

  private static final String ACTION = "grant_management_action";
  private static final String GRANT_ID = "grant_id";

  /** A parameter of the device's answer. */
  private static final String LIFETIME = "grant_lifetime";

  private static final String USER = "user";
  private static final String ASKED = "fapi-ciba-asked:";
  private static final String APPROVED = "fapi-ciba-approved:";

  /** Seconds for which Keycloak may keep a request beyond its lifetime, rounded up. */
  private static final int MARGIN = 120;

  private DeviceConsent() {}

  /** Whether a parameter of a request is about what the user is asked. */
  static boolean isRead(String parameter) {
    return ACTION.equals(parameter) || GRANT_ID.equals(parameter);
  }

  /** What a request asks; empty if it is only about scopes. */
  private static Optional<ConsentRequest> asked(CIBAAuthenticationRequest request) {
    String details = text(request.getOtherClaims().get(AuthorizationDetails.PARAMETER));
    return asked(request, details == null ? List.of() : AuthorizationDetails.parse(details));
  }

  private static Optional<ConsentRequest> asked(
      CIBAAuthenticationRequest request, List<ObjectNode> details) {
    Map<String, Object> claims = request.getOtherClaims();
    Optional<GrantAction> action =
        Optional.ofNullable(text(claims.get(ACTION))).flatMap(GrantAction::of);
    ConsentReference consent = AskedConsent.of(request);
    return details.isEmpty() && action.isEmpty() && consent == null
        ? Optional.empty()
        : Optional.of(
            new ConsentRequest(details, action.orElse(null), text(claims.get(GRANT_ID)), consent));
  }

  /** In a request that is being created, a value has its type from the request object. */
  private static String text(Object value) {
    return value instanceof JsonNode node ? node.textValue() : (String) value;
  }

  /**
   * Keeps what is asked until the device answers: the device's token does not contain it.
   *
   * @param details the authorization details of the request, parsed and checked
   */
  static void keep(
      KeycloakSession session, CIBAAuthenticationRequest request, List<ObjectNode> details) {
    Optional<ConsentRequest> asked = asked(request, details);
    if (asked.isPresent()) {
      Map<String, String> notes =
          new Approval(
                  asked.get().authorizationDetails(),
                  asked.get().action(),
                  asked.get().grantId(),
                  null,
                  asked.get().consent())
              .toNotes();
      notes.put(USER, request.getSubject());
      AskedConsent.keep(notes);
      session
          .singleUseObjects()
          .put(ASKED + request.getAuthResultId(), secondsToLive(session), notes);
    }
  }

  /**
   * Removes the parameters about the approval from a device's answer, and keeps the approval for
   * the token request.
   *
   * @param id of the request, as the device knows it
   * @return the remaining parameters
   */
  static Map<String, String> approve(KeycloakSession session, String id, Map<String, String> answer)
      throws ApprovalCheck.Unapprovable, AuthorizationError {
    Map<String, String> rest = new HashMap<>(answer);
    String details = rest.remove(AuthorizationDetails.PARAMETER);
    String lifetime = rest.remove(LIFETIME);
    // Absent for a request about scopes; for requests of an earlier release, the token request
    // checks it.
    Map<String, String> notes = session.singleUseObjects().get(ASKED + id);
    if (notes == null && details != null) {
      throw new IllegalArgumentException("the request asks for no authorization_details");
    }
    if (notes != null) {
      Approval asked = Approval.of(notes);
      List<ObjectNode> all = asked.authorizationDetails();
      Approval approval =
          ApprovalCheck.of(session, user(session, notes))
              .approve(
                  new ConsentRequest(all, asked.action(), asked.grantId(), asked.consent()),
                  details == null ? all : AuthorizationDetails.parse(details),
                  asked.consent() == null ? lifetime : null);
      if (asked.consent() != null) {
        BankConsent authorised =
            BankAnswer.authorise(
                AskedConsent.decision(session, notes, user(session, notes)),
                rest.remove(BankAnswer.ACCOUNTS));
        approval = approval.endingAt(authorised.expiresAt());
      }
      keepApproval(session, id, approval);
    }
    return rest;
  }

  /**
   * In a transaction of its own: Keycloak approves the request at once and pings the client before
   * the transaction of the answer ends, so the client may ask for its tokens meanwhile.
   */
  private static void keepApproval(KeycloakSession session, String id, Approval approval) {
    long seconds = secondsToLive(session);
    KeycloakModelUtils.runJobInTransaction(
        session.getKeycloakSessionFactory(),
        own -> own.singleUseObjects().put(APPROVED + id, seconds, approval.toNotes()));
  }

  /** Tells the bank that the user has refused its consent, if the request asks about one. */
  static void reject(KeycloakSession session, String id) {
    Map<String, String> notes = session.singleUseObjects().get(ASKED + id);
    UserModel user = notes == null ? null : user(session, notes);
    if (user != null && Approval.of(notes).consent() != null) {
      AskedConsent.decision(session, notes, user).reject();
    }
  }

  private static UserModel user(KeycloakSession session, Map<String, String> notes) {
    return session.users().getUserById(session.getContext().getRealm(), notes.get(USER));
  }

  /** The user's approval of a request, after the device has answered. */
  static Optional<Approval> approved(
      KeycloakSession session, CIBAAuthenticationRequest request, UserModel user)
      throws ApprovalCheck.Unapprovable {
    Optional<ConsentRequest> asked = asked(request);
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> notes =
        session.singleUseObjects().get(APPROVED + request.getAuthResultId());
    if (notes == null && asked.get().consent() != null) {
      throw new ApprovalCheck.Unapprovable(ApprovalCheck.Fault.DETAILS);
    }
    return Optional.of(
        notes == null ? ApprovalCheck.of(session, user).all(asked.get()) : Approval.of(notes));
  }

  /** The longest time for which Keycloak may keep a request. */
  static long secondsToLive(KeycloakSession session) {
    CibaConfig policy = session.getContext().getRealm().getCibaPolicy();
    return (long) policy.getExpiresIn() + policy.getPoolingInterval() + MARGIN;
  }
}
