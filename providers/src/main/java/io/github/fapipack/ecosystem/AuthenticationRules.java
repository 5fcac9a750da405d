package io.github.fapipack.ecosystem;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a login must be like, and what ID tokens say about it.
 *
 * @param acr the level of authentication that each {@code acr} value stands for; empty if the
 *     ecosystem defines no values
 * @param required whether every login must reach the lowest of these levels
 * @param idToken whether ID tokens contain {@code acr}; null for those of clients whose scopes say
 *     so
 * @param unmetError the error for a login that is not as strong as it has to be
 * @param deviceLevel the level of a login on the user's device (CIBA), or null for the lowest
 * @param deviceIdTokenLifetime seconds for which an ID token of such a login is valid, or null for
 *     as long as others
 * @param txn whether ID tokens and events contain {@code txn}, the id of the authorization
 * @param subject the subject identifiers that clients must have, or null for any
 * @param idTokenEncryption whether clients must get encrypted ID tokens, or null if they need not
 */
@JsonNaming(SnakeCaseStrategy.class)
public record AuthenticationRules(
    Map<String, Integer> acr,
    boolean required,
    AcrInIdToken idToken,
    String unmetError,
    Integer deviceLevel,
    Integer deviceIdTokenLifetime,
    boolean txn,
    SubjectType subject,
    Presence idTokenEncryption) {

  /** OpenID Connect Core Error Code unmet_authentication_requirements 1.0. */
  public static final String UNMET = "unmet_authentication_requirements";

  /** The rules of a profile that has none. */
  static final AuthenticationRules NONE =
      new AuthenticationRules(null, false, null, null, null, null, false, null, null);

  public AuthenticationRules {
    acr = acr == null ? Map.of() : Map.copyOf(acr);
    unmetError = unmetError == null ? UNMET : unmetError;
    if (required && acr.isEmpty()) {
      throw new IllegalArgumentException("authentication.required needs authentication.acr");
    }
  }

  /** The level that every login must reach; empty if there is none. */
  public OptionalInt leastLevel() {
    return required ? acr.values().stream().mapToInt(Integer::intValue).min() : OptionalInt.empty();
  }

  /** Whether ID tokens contain {@code acr}. */
  public enum AcrInIdToken {
    @JsonProperty("always")
    ALWAYS,

    @JsonProperty("never")
    NEVER
  }

  /** The subject identifiers of clients (OpenID Connect Core 8). */
  public enum SubjectType {
    @JsonProperty("pairwise")
    PAIRWISE
  }
}
