package io.github.fapipack.rule;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Locale;
import org.keycloak.common.ClientConnection;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What a rule, or Keycloak itself, has against a request, whoever sent it.
 *
 * @param stored whether the realm keeps events
 * @param rule the id of the rule; null where no rule spoke
 * @param reason in place of a rule, one of the few words of {@link RefusalReason}
 * @param mode {@code enforce} or {@code report}
 * @param error an OAuth error code of a bounded set
 * @param sentence all that the client is told
 * @param remedy the end of the sentence that says what to do; empty where it says nothing of it,
 *     null where nobody knows
 * @param endpoint one of {@link KnownPath}
 * @param time in milliseconds since 1970
 * @param interactionId that of {@link Interaction}; null outside of a request
 * @param address of whoever sent the request
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

  /** In place of an OAuth error code, where a rule has put right what a client has stored. */
  static final String CORRECTED = "corrected";

  /** A step of the protocol that every client takes now and then. */
  private static final String CHALLENGE = "use_dpop_nonce";

  /** A rule's. */
  static Objection of(Occasion occasion, Mode mode, Refusal refusal) {
    String remedy = refusal.remedy() == null ? "" : refusal.remedy();
    return of(occasion, mode, refusal.getError(), refusal.getErrorDetail(), remedy);
  }

  /** A rule's correction of what is stored of a client. */
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

  /** Keycloak's own, in the realm of the current request. */
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
    return mode.name().toLowerCase(Locale.ROOT);
  }

  boolean isCorrection() {
    return CORRECTED.equals(error);
  }

  /** Whether the request went wrong for it, or would have. */
  boolean isFault() {
    return !isCorrection() && !CHALLENGE.equals(error);
  }

  boolean isEnforced() {
    return name(Mode.ENFORCE).equals(mode);
  }

  /** The rule, or what stands in its place. */
  String ruleOrReason() {
    return rule == null ? reason : rule;
  }

  /** The same as it may wait outside of the event store, where no address belongs. */
  Objection withoutAddress() {
    return at(null);
  }

  /** The same, seen at this address. */
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
