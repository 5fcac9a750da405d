package io.github.fapipack.resourceserver.message;

import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.replay.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** Remembers what may be used once, for one kind of message. */
record Replays(ReplayStore store, String purpose) {
  private static final Duration RETRY = Duration.ofSeconds(2);

  /**
   * Whether this is the first use by this client.
   *
   * @throws RefusedRequest with 503 if nobody knows
   */
  boolean isFirst(String clientId, String key, Instant until) throws RefusedRequest {
    try {
      // The length keeps one pair of names from being read as another.
      return store.firstUse(purpose, clientId.length() + ":" + clientId + key, until);
    } catch (StoreUnavailable down) {
      throw new RefusedRequest(
              Problem.UNAVAILABLE,
              "whether this message was sent before cannot be told now; try again later",
              "RFC9110 15.6.4")
          .retryAfter(RETRY);
    }
  }

  /**
   * What identifies a good signature. It is the first half: of an ECDSA signature the second can be
   * changed so that it stays good, which would make a new one of it.
   */
  static String keyOf(byte[] signature) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(signature, signature.length / 2));
  }
}
