package io.github.fapipack.resourceserver.details;

import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.replay.StoreUnavailable;
import io.github.fapipack.resourceserver.token.AccessToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Remembers which granted objects were used up.
 *
 * <p>An object is known by who approved it – the consent, the grant, or else the session or the
 * login, which stay when a token is refreshed – and by the members that stay when a token is
 * narrowed: with a smaller amount it is the same payment. The token itself is not enough: a client
 * gets a new one whenever it likes.
 *
 * @param kept how long a use is remembered; the end of an approval is not in its tokens
 */
record Uses(AccessToken token, ReplayStore store, Duration kept, Clock clock) {
  private static final String PURPOSE = "details";

  /**
   * The claims that stay when a token is refreshed, the narrowest first. A session ({@code sid})
   * and a login ({@code auth_time}) may have several approvals: then two equal ones count as one,
   * rather than a refreshed token as a second one.
   */
  private static final List<String> APPROVALS =
      List.of("consent_id", "grant_id", "fapi_grant_id", "sid", "auth_time");

  /** Whether the token tells which approval it belongs to. */
  boolean hasApproval() {
    return approval() != null;
  }

  /** Whether this is the first use of an object of an approval that the token names. */
  boolean first(DetailType type, Map<String, Object> granted) throws StoreUnavailable {
    return remember(type, granted, approval());
  }

  /** The same where the API itself knows which approval it is. */
  boolean first(DetailType type, Map<String, Object> granted, String approval)
      throws StoreUnavailable {
    return remember(type, granted, "own:" + approval);
  }

  private boolean remember(DetailType type, Map<String, Object> granted, String approval)
      throws StoreUnavailable {
    Instant end = clock.instant().plus(kept);
    String object = CanonicalJson.of(type.lasting(granted));
    return store.firstUse(PURPOSE, digest(token.issuer(), token.clientId(), approval, object), end);
  }

  private String approval() {
    for (String claim : APPROVALS) {
      Object value = token.claims().get(claim);
      if (value instanceof Number || (value instanceof String id && !id.isEmpty())) {
        return claim + ':' + value + '\n' + token.subject().orElse("");
      }
    }
    return null;
  }

  private static String digest(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        // Lengths keep one list of parts from being read as another.
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
      }
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException("every Java platform has SHA-256", never);
    }
  }
}
