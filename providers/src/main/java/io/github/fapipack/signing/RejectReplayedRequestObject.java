package io.github.fapipack.signing;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.security.PushedRequestEvent;
import io.github.fapipack.security.RequestObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.jose.jws.crypto.HashUtils;
import org.keycloak.protocol.oidc.grants.ciba.clientpolicy.context.BackchannelAuthenticationRequestContext;

/**
 * A request object makes one request: told apart by {@code jti} or, where it has none, by all that
 * is signed. It is spent when the {@code request_uri} is handed out, or the user is about to be
 * asked, so that a request which is refused for something else, such as a missing DPoP nonce, may
 * come again.
 */
@Clause({"FAPI2-MS 5.3.1-1", "RFC9101 10.2-1", "CIBA 7.1.1-2"})
public final class RejectReplayedRequestObject extends Rule<NoSettings> {

  private static final String ATTRIBUTE = RejectReplayedRequestObject.class.getName();
  private static final int LONGEST_JTI = 256;

  /** Seconds for which one is remembered at most, where no other rule limits its lifetime. */
  private static final long LONGEST_MEMORY = 24 * 3600;

  /** What will be remembered of the current request, and for how many seconds. */
  private record Spending(RequestObject object, String key, long seconds) {}

  public RejectReplayedRequestObject() {
    super(NoSettings.class, "Accepts each request object once.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof PushedRequestEvent
        || occasion.context() instanceof BackchannelAuthenticationRequestContext) {
      spend(occasion);
      return;
    }
    Optional<RequestObject> object = RequestObject.in(occasion);
    if (object.isEmpty()) {
      return;
    }
    Spending spending =
        new Spending(object.get(), key(occasion, object.get()), secondsLeft(object.get()));
    if (occasion.session().singleUseObjects().contains(spending.key())) {
      throw replayed(spending);
    }
    occasion.session().setAttribute(ATTRIBUTE, spending);
  }

  private static void spend(Occasion occasion) throws Refusal {
    Spending spending = occasion.session().getAttribute(ATTRIBUTE, Spending.class);
    // In report mode a second use must be seen too, so it is remembered either way.
    if (spending != null
        && !occasion.session().singleUseObjects().putIfAbsent(spending.key(), spending.seconds())) {
      throw replayed(spending);
    }
  }

  /** Per realm and client, and hashed: both length and text are the client's choice. */
  private static String key(Occasion occasion, RequestObject object) throws Refusal {
    String text =
        String.join("\n", occasion.realm().getId(), occasion.client().getId(), identity(object));
    byte[] hash = HashUtils.hash("SHA-256", text.getBytes(StandardCharsets.UTF_8));
    return "fapi-request-object:" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
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
    long left = object.time("exp").orElse(Long.MAX_VALUE) - Time.currentTime();
    return Math.max(1, Math.min(left, LONGEST_MEMORY)) + 2; // seconds are rounded down
  }

  private static Refusal replayed(Spending spending) {
    return spending.object().refusal("it was used before; sign a new one with another jti");
  }
}
