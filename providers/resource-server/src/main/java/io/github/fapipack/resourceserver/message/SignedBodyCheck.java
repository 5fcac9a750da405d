package io.github.fapipack.resourceserver.message;

import io.github.fapipack.resourceserver.message.ErrorStyle.Fault;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.token.AccessToken;
import java.time.Clock;
import java.util.Optional;

/** Verifies bodies that are signed with a JWS. */
public final class SignedBodyCheck {
  static final int LARGEST_CONTENT = 1 << 20;

  private final SignedBodies settings;
  private final BodyForm form;
  private final Clock clock;

  public SignedBodyCheck(SignedBodies settings, ReplayStore store, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    Replays replays = new Replays(store, "body");
    this.form =
        settings.form() == SignedBodies.Form.JWT
            ? new JwtBodies(settings, replays, clock)
            : new DetachedBodies(settings, replays, clock);
  }

  /**
   * What the client has signed; empty if its request need not have a signed body and has none.
   *
   * @throws RefusedRequest if the body must be signed and is not, or is signed wrongly
   */
  public Optional<SignedBody> check(ApiRequest request, AccessToken token) throws RefusedRequest {
    if (!form.isSigned(request)) {
      if (settings.required().contains(request.method())) {
        throw written(form.missing(), Fault.MISSING);
      }
      return Optional.empty();
    }
    byte[] content = Content.of(request, LARGEST_CONTENT);
    try {
      return Optional.of(form.verify(request, token, content));
    } catch (BodyFault fault) {
      RefusedRequest refusal =
          new RefusedRequest(fault.problem(), fault.getMessage(), BodyForm.CLAUSE);
      throw written(refusal, fault.fault());
    }
  }

  private RefusedRequest written(RefusedRequest refusal, Fault fault) {
    return settings.errors().write(refusal, fault, clock.instant());
  }
}
