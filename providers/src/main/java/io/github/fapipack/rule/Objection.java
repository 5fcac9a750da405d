package io.github.fapipack.rule;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.keycloak.common.ClientConnection;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * A fault that a rule, or Keycloak itself, found in a request, whoever sent it.
 *
 * @param stored whether the realm keeps events
 * @param rule the id of the rule; null if Keycloak found the fault
 * @param reason if there is no rule: one of the values of {@link RefusalReason}
 * @param mode {@code enforce} or {@code report}
 * @param error an OAuth error code of a bounded set
 * @param sentence the whole text that the client gets
 * @param remedy the end of the sentence that says what to do; empty if the sentence says nothing of
 *     it, null if unknown
 * @param endpoint one of {@link KnownPath}
 * @param time in milliseconds since 1970
 * @param interactionId that of {@link Interaction}; null outside of a request
 * @param address of the sender of the request
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonAutoDetect(isGetterVisibility = Visibility.NONE)
record Objection(
    String realmId,
    String realm,
    boolean stored,
    String rule,
    String reason,
    String clause,
    String mode,
    String error,
    String sentence,
    String remedy,
    String endpoint,
    long time,
    String interactionId,
    String address) {

  /** Stands in for an OAuth error code where a rule has corrected a stored setting of a client. */
  static final String CORRECTED = "corrected";

  /** An ordinary step of the protocol, which is not a fault. */
  private static final String CHALLENGE = "use_dpop_nonce";

  /** The objection of a rule. */
  static Objection of(Occasion occasion, Mode mode, Refusal refusal) {
    String remedy = refusal.remedy() == null ? "" : refusal.remedy();
    return of(occasion, mode, refusal.getError(), refusal.getErrorDetail(), remedy);
  }

  /** A rule's correction of a stored client. */
  static Objection correction(Occasion occasion, Mode mode, String what) {
    return of(occasion, mode, CORRECTED, what, "");
  }

  private static Objection of(
      Occasion occasion, Mode mode, String error, String sentence, String remedy) {
    return of(
        occasion.session(),
        occasion.rule().getId(),
        null,
        occasion.clause(),
        name(mode),
        error,
        sentence,
        remedy);
  }

  /** Keycloak's own objection, in the realm of the current request. */
  static Objection of(KeycloakSession session, String reason, String error, String sentence) {
    return of(session, null, reason, null, name(Mode.ENFORCE), error, sentence, null);
  }

  private static Objection of(
      KeycloakSession session,
      String rule,
      String reason,
      String clause,
      String mode,
      String error,
      String sentence,
      String remedy) {
    RealmModel realm = session.getContext().getRealm();
    return new Objection(
        realm.getId(),
        realm.getName(),
        realm.isEventsEnabled(),
        rule,
        reason,
        clause,
        mode,
        error,
        sentence,
        remedy,
        KnownPath.of(session.getContext().getUri().getPath(), realm.getName()),
        Time.currentTimeMillis(),
        Interaction.of(session),
        address(session));
  }

  private static String address(KeycloakSession session) {
    ClientConnection connection = session.getContext().getConnection();
    return connection == null ? null : connection.getRemoteHost();
  }

  /** The name of a mode as it is stored. */
  static String name(Mode mode) {
    return JsonName.of(mode);
  }

  boolean isCorrection() {
    return CORRECTED.equals(error);
  }

  /** Whether the request failed for this reason, or would have. */
  boolean isFault() {
    return !isCorrection() && !CHALLENGE.equals(error);
  }

  boolean isEnforced() {
    return name(Mode.ENFORCE).equals(mode);
  }

  /** The id of the rule, or the reason if there is no rule. */
  String ruleOrReason() {
    return rule == null ? reason : rule;
  }

  /** A copy without the sender's address, which may be kept only in the event store. */
  Objection withoutAddress() {
    return at(null);
  }

  /** A copy with the endpoint replaced. */
  Objection at(String seen) {
    return new Objection(
        realmId,
        realm,
        stored,
        rule,
        reason,
        clause,
        mode,
        error,
        sentence,
        remedy,
        endpoint,
        time,
        interactionId,
        seen);
  }
}
