package io.github.fapipack.resourceserver;

import io.github.fapipack.resourceserver.details.GrantedDetails;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.Frontend;
import io.github.fapipack.resourceserver.sender.SenderConstraint;
import io.github.fapipack.resourceserver.token.AccessToken;
import io.github.fapipack.resourceserver.token.AccessTokens;
import io.github.fapipack.resourceserver.token.PresentedToken;
import java.util.List;

/**
 * Checks everything that FAPI 2.0 demands of a request to an API (FAPI2-SP 5.3.4). One instance
 * serves all threads, for the life of the application.
 *
 * <pre>{@code
 * FapiResourceServer api =
 *     FapiResourceServer.builder()
 *         .issuer("https://as.example/realms/bank")
 *         .resource("https://api.bank.example")
 *         .replayStore(new JdbcReplayStore(dataSource))
 *         .build();
 *
 * switch (api.check(request, Demands.scopes("accounts"))) {
 *   case Granted call -> serve(call.subject(), call.details());
 *   case Refused answer -> send(answer.status(), answer.responseFields(), answer.body());
 * }
 * }</pre>
 */
public final class FapiResourceServer {
  private final Frontend frontend;
  private final AccessTokens tokens;
  private final SenderConstraint sender;

  FapiResourceServer(Frontend frontend, AccessTokens tokens, SenderConstraint sender) {
    this.frontend = frontend;
    this.tokens = tokens;
    this.sender = sender;
  }

  /** What every resource server has to say of itself. */
  public static FapiResourceServerBuilder builder() {
    return new FapiResourceServerBuilder();
  }

  /** Who sends a request, and whether the token is for this operation. Never throws. */
  public Decision check(ApiRequest received, Demands demands) {
    try {
      ApiRequest request = frontend.asSent(received);
      PresentedToken presented = PresentedToken.of(request);
      AccessToken token = tokens.read(presented.value());
      sender.check(request, presented, token);
      return new Granted(
          request, token, new GrantedDetails(token.authorizationDetails()), List.of());
    } catch (RefusedRequest refusal) {
      return new Refused(refusal.problem(), refusal.sentence(), refusal.clause(), List.of(), "");
    }
  }
}
