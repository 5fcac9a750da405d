package io.github.fapipack.resourceserver.sender;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.token.AccessToken;
import io.github.fapipack.resourceserver.token.PresentedToken;
import java.util.List;

/** Whether the token belongs to who sends it (FAPI2-SP 5.3.4-5). */
public interface SenderConstraint {

  /**
   * Refuses a token of somebody else, and one that belongs to nobody.
   *
   * @return header fields for the answer to a good request, such as a new nonce
   */
  List<HttpField> check(ApiRequest request, PresentedToken presented, AccessToken token)
      throws RefusedRequest;
}
