package io.github.fapipack.it.samples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A user's authenticator app (RFC 6238): codes of six digits that change every period.
 *
 * @param secret the shared secret, as text
 * @param period in seconds
 */
public record OneTimeCodes(String secret, int period) {
  private static final int MODULUS = 1_000_000;

  /** Codes that change every 30 seconds. */
  public static OneTimeCodes of(String secret) {
    return new OneTimeCodes(secret, 30);
  }

  /** Gives the app to a user, in the format of the admin REST API. */
  public ObjectNode addTo(ObjectNode user) {
    user.withArray("/credentials")
        .addObject()
        .put("type", "otp")
        .put("userLabel", "Authenticator app")
        .put("secretData", Json.text(Json.object().put("value", secret)))
        .put(
            "credentialData",
            Json.text(
                Json.object()
                    .put("subType", "totp")
                    .put("digits", 6)
                    .put("counter", 0)
                    .put("period", period)
                    .put("algorithm", "HmacSHA1")));
    return user;
  }

  /** The present code. */
  public String now() {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "RAW"));
      long interval = Instant.now().getEpochSecond() / period;
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(interval).array());
      int offset = hash[hash.length - 1] & 0xf;
      int number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & Integer.MAX_VALUE;
      return String.format("%06d", number % MODULUS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
