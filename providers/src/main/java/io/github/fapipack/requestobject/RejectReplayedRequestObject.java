package io.github.fapipack.requestobject;

import io.github.fapipack.occasion.PushedRequestEvent;
import io.github.fapipack.request.RequestObject;
import io.github.fapipack.request.RequestObjectUse;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.RequestKey;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.Optional;
import org.keycloak.protocol.oidc.grants.ciba.clientpolicy.context.BackchannelAuthenticationRequestContext;

/**
 * Accepts each request object for one request only. It is used up when the {@code request_uri} is
 * issued, or in CIBA just before the user is asked. So a request that is refused for another
 * reason, such as a missing DPoP nonce, may be repeated. An object that was sent by value is used
 * up with the authorization response, by {@code FrontChannelRule}, because a login page may be
 * loaded twice.
 */
@RuleId("fapi2-reject-replayed-request-object")
@Clause({"FAPI2-MS 5.3.1-1", "RFC9101 10.2-1", "CIBA 7.1.1-2"})
public final class RejectReplayedRequestObject extends Rule<NoSettings> {

  private static final RequestKey<RequestObjectUse> UNUSED = new RequestKey<>();

  public RejectReplayedRequestObject() {
    super(NoSettings.class, "Accepts each request object once.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof PushedRequestEvent
        || occasion.context() instanceof BackchannelAuthenticationRequestContext) {
      Optional<RequestObjectUse> use = UNUSED.in(occasion.session());
      if (use.isPresent()) {
        // Also recorded in report mode, where a second use must be detected too.
        use.get().spend(occasion);
      }
      return;
    }
    Optional<RequestObject> object = RequestObject.in(occasion);
    if (object.isPresent()) {
      RequestObjectUse use = RequestObjectUse.of(occasion, object.get());
      use.requireUnused(occasion);
      UNUSED.set(occasion.session(), use);
    }
  }
}
