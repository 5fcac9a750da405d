package io.github.fapipack.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.keycloak.common.util.Time;
import org.keycloak.jose.jws.crypto.HashUtils;

/**
 * The single use of a request object, identified by {@code jti} or, without one, by the whole
 * signed text.
 *
 * @param object the request object
 * @param key under which its use is remembered
 * @param seconds for which its use is remembered
 */
public record RequestObjectUse(RequestObject object, String key, long seconds) {

  private static final String PREFIX = "fapi-request-object:";
  private static final int LONGEST_JTI = 256;

  /** How long, in seconds, a use is remembered if no other rule limits the object's lifetime. */
  private static final long LONGEST_MEMORY = 24 * 3600;

  /**
   * The use of a request object.
   *
   * @throws Refusal if its jti is malformed
   */
  public static RequestObjectUse of(Occasion occasion, RequestObject object) throws Refusal {
    return new RequestObjectUse(object, key(occasion, object), secondsLeft(object));
  }

  /** Whether a key was created by this class. */
  public static boolean isKey(String key) {
    return key.startsWith(PREFIX);
  }

  /**
   * Checks that the object has not been used, without using it.
   *
   * @throws Refusal if it has been used
   */
  public void requireUnused(Occasion occasion) throws Refusal {
    if (occasion.session().singleUseObjects().contains(key)) {
      throw replayed();
    }
  }

  /**
   * Records the use.
   *
   * @throws Refusal if the object has been used before
   */
  public void spend(Occasion occasion) throws Refusal {
    if (!occasion.session().singleUseObjects().putIfAbsent(key, seconds)) {
      throw replayed();
    }
  }

  private Refusal replayed() {
    return object.refusal("it was used before; sign a new one with another jti");
  }

  /** Per realm and client, and hashed, because the client chooses both length and text. */
  private static String key(Occasion occasion, RequestObject object) throws Refusal {
    String text =
        String.join("\n", occasion.realm().getId(), occasion.client().getId(), identity(object));
    byte[] hash = HashUtils.hash("SHA-256", text.getBytes(StandardCharsets.UTF_8));
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  private static String identity(RequestObject object) throws Refusal {
    JsonNode jti = object.claims().get("jti");
    if (jti == null) {
      return "signed\n" + object.jws().getEncodedSignatureInput();
    }
    if (!jti.isTextual() || jti.textValue().isBlank() || jti.textValue().length() > LONGEST_JTI) {
      throw object.refusal("jti must be a string of 1 to " + LONGEST_JTI + " characters");
    }
    return "jti\n" + jti.textValue();
  }

  private static long secondsLeft(RequestObject object) throws Refusal {
    long left = object.time("exp").orElse(Long.MAX_VALUE) - Time.currentTimeSeconds();
    return Math.max(1, Math.min(left, LONGEST_MEMORY)) + 2; // seconds are rounded down
  }
}
