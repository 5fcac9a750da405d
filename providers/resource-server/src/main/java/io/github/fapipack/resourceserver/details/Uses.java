package io.github.fapipack.resourceserver.details;

import io.github.fapipack.resourceserver.jws.Sha256;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.replay.StoreUnavailable;
import io.github.fapipack.resourceserver.token.AccessToken;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  private static final String CONSENT = "consent_id";

  /** Of one grant: the name changes when its client begins to manage it, the value does not. */
  private static final List<String> GRANTS = List.of("grant_id", "fapi_grant_id");

  /**
   * What stays when a token is refreshed; the session may end meanwhile. A session ({@code sid})
   * and a login ({@code auth_time}) may have several approvals: then two equal ones count as one,
   * rather than a refreshed token as a second one.
   */
  private static final List<String> LOGINS = List.of("sid", "auth_time");

  /** Whether the token tells which approval it belongs to. */
  boolean hasApproval() {
    return !approvals().isEmpty();
  }

  /**
   * Whether this is the first use of an object of an approval that the token names: by all its
   * names, since a client can add a consent to a grant, and authorize a consent in two grants.
   */
  boolean first(DetailType type, Map<String, Object> granted) throws StoreUnavailable {
    for (String approval : approvals()) {
      if (!remember(type, granted, approval)) {
        return false;
      }
    }
    return hasApproval();
  }

  /** The same where the API itself knows which approval it is. */
  boolean first(DetailType type, Map<String, Object> granted, String approval)
      throws StoreUnavailable {
    return remember(type, granted, ofClient("own:" + approval));
  }

  private boolean remember(DetailType type, Map<String, Object> granted, String approval)
      throws StoreUnavailable {
    Instant end = clock.instant().plus(kept);
    String object = CanonicalJson.of(type.lasting(granted));
    return store.firstUse(PURPOSE, digest(token.issuer(), approval, object), end);
  }

  /**
   * The names of the approval. Consents and grants are the issuer's, whichever client has the token
   * after an exchange (RFC 8693); several clients share a session.
   */
  private List<String> approvals() {
    List<String> approvals = new ArrayList<>();
    value(CONSENT).ifPresent(id -> approvals.add("consent:" + id));
    oneOf(GRANTS).ifPresent(id -> approvals.add("grant:" + id));
    if (approvals.isEmpty()) {
      for (String claim : LOGINS) {
        value(claim)
            .map(value -> claim + ':' + value + '\n' + token.subject().orElse(""))
            .ifPresent(login -> approvals.add(ofClient(login)));
      }
    }
    return approvals;
  }

  private Optional<String> oneOf(List<String> claims) {
    return claims.stream().flatMap(claim -> value(claim).stream()).findFirst();
  }

  private Optional<String> value(String claim) {
    Object value = token.claims().get(claim);
    return value instanceof Number || (value instanceof String id && !id.isEmpty())
        ? Optional.of(value.toString())
        : Optional.empty();
  }

  private String ofClient(String approval) {
    return token.clientId().length() + ":" + token.clientId() + approval;
  }

  /** One text for a list of parts; lengths keep one list from being read as another. */
  private static String digest(String... parts) {
    StringBuilder all = new StringBuilder();
    for (String part : parts) {
      all.append(part.length()).append(':').append(part);
    }
    return Sha256.base64Url(all.toString().getBytes(StandardCharsets.UTF_8));
  }
}
