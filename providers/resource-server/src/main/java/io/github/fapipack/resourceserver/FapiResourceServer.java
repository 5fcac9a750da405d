package io.github.fapipack.resourceserver;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.details.Coverage;
import io.github.fapipack.resourceserver.details.DetailRules;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.Frontend;
import io.github.fapipack.resourceserver.sender.SenderConstraint;
import io.github.fapipack.resourceserver.token.AccessToken;
import io.github.fapipack.resourceserver.token.AccessTokens;
import io.github.fapipack.resourceserver.token.PresentedToken;
import java.util.List;
import java.util.Optional;

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
  private final DetailRules details;

  FapiResourceServer(
      Frontend frontend, AccessTokens tokens, SenderConstraint sender, DetailRules details) {
    this.frontend = frontend;
    this.tokens = tokens;
    this.sender = sender;
    this.details = details;
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
      return new Granted(request, token, details.of(token), List.of());
    } catch (RefusedRequest refusal) {
      return refuse(received, refusal);
    }
  }

  /**
   * What becomes of a request whose token is good, after its authorization details were compared
   * with what it is about to do.
   *
   * @return the same call if it is covered, otherwise the refusal, which says what to ask for
   */
  public Decision decide(Granted call, Coverage coverage) {
    Optional<RefusedRequest> refusal = coverage.refusal();
    return refusal.isEmpty() ? call : refuse(call.request(), refusal.get());
  }

  /** The answer to a request that an adapter refuses before anything of it is checked. */
  public Refused refuse(ApiRequest received, RefusedRequest refusal) {
    return new Refused(refusal.problem(), refusal.sentence(), refusal.clause(), List.of(), "");
  }

  /**
   * What this resource server says of itself, if the path is where it says it (RFC 9728 3.1).
   *
   * @param rawPath as received, percent-encoded, without the query
   */
  public Optional<String> metadata(String rawPath) {
    return Optional.empty();
  }

  /** Whether responses are signed; then their content has to be held back until it is complete. */
  public boolean signsResponses() {
    return false;
  }

  /**
   * The header fields that sign a response (FAPI2-HS 5.3.2), to be added to it.
   *
   * @param received the request that it answers, as the adapter got it
   * @param content the bytes that are sent
   */
  public List<HttpField> sign(
      ApiRequest received, int status, List<HttpField> fields, byte[] content) {
    return List.of();
  }
}
