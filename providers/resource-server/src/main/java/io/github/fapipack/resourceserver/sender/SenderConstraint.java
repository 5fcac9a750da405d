package io.github.fapipack.resourceserver.sender;

import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.token.AccessToken;
import io.github.fapipack.resourceserver.token.PresentedToken;

/** Whether the token belongs to who sends it (FAPI2-SP 5.3.4-4). */
public interface SenderConstraint {

  /** Refuses a token of somebody else, and one that belongs to nobody. */
  void check(ApiRequest request, PresentedToken presented, AccessToken token) throws RefusedRequest;
}
