package io.github.fapipack.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import io.github.fapipack.rule.JsonName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.keycloak.common.util.Time;
import org.keycloak.util.JsonSerialization;

/**
 * A key or a certificate, and when it ends.
 *
 * @param owner the realm, client or server to which it belongs
 * @param source where it is stored: a key provider, a field of a client, an option of the server
 * @param status active, passive or disabled
 * @param algorithm null if it names none
 * @param use sig, enc or tls; null if unknown
 * @param subject of the certificate; null if there is none
 * @param end when the certificate or the key ends; null if unknown
 */
public record DatedKey(
    Where owner,
    String source,
    Status status,
    String algorithm,
    String use,
    String kid,
    String subject,
    Instant end) {

  /** Whether it is used. */
  public enum Status {
    ACTIVE,
    /** Still used for what was signed or encrypted before. */
    PASSIVE,
    DISABLED
  }

  /** How near its end is. */
  public enum State {
    ENDED,
    /** It ends soon, so that somebody must act. */
    ENDING,
    GOOD,
    /** It has no known end. */
    UNDATED
  }

  /** Sorts by end, those without an end last. */
  public static final Comparator<DatedKey> BY_END =
      Comparator.comparing(DatedKey::end, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(key -> key.owner().kind())
          .thenComparing(key -> String.valueOf(key.owner().name()))
          .thenComparing(key -> String.valueOf(key.kid()));

  public State state() {
    if (end == null) {
      return State.UNDATED;
    }
    return Expiry.of(end)
        .map(expiry -> expiry.severity() == Severity.ERROR ? State.ENDED : State.ENDING)
        .orElse(State.GOOD);
  }

  public boolean isInUse() {
    return status == Status.ACTIVE;
  }

  /** Whether it is in use, and ends soon or has ended. */
  public boolean needsSomebody() {
    return isInUse() && (state() == State.ENDED || state() == State.ENDING);
  }

  /** Whether it ends within that many days, or has ended. */
  public boolean endsWithin(long days) {
    return end != null && end.isBefore(now().plus(Duration.ofDays(days)));
  }

  /** Whether its owner or its kid contains this text, ignoring case. */
  public boolean matches(String part) {
    String wanted = part.toLowerCase(Locale.ROOT);
    return Stream.of(String.valueOf(owner.name()), String.valueOf(kid), String.valueOf(subject))
        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
  }

  public ObjectNode json() {
    ObjectNode json = JsonSerialization.createObjectNode();
    json.set("owner", JsonSerialization.mapper.valueToTree(owner));
    json.put("source", source)
        .put("status", JsonName.of(status))
        .put("state", JsonName.of(state()))
        .put("algorithm", algorithm)
        .put("use", use)
        .put("kid", kid)
        .put("subject", subject);
    if (end != null) {
      json.put("notAfter", end.toEpochMilli()).put("days", Duration.between(now(), end).toDays());
    }
    return json;
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Time.currentTimeMillis());
  }
}
