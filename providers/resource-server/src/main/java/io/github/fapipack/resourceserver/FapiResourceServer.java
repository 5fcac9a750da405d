package io.github.fapipack.resourceserver;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.demand.InteractionId;
import io.github.fapipack.resourceserver.demand.StepUp;
import io.github.fapipack.resourceserver.details.Coverage;
import io.github.fapipack.resourceserver.details.DetailRules;
import io.github.fapipack.resourceserver.message.SignedBody;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.Frontend;
import io.github.fapipack.resourceserver.sender.SenderConstraint;
import io.github.fapipack.resourceserver.token.AccessToken;
import io.github.fapipack.resourceserver.token.AccessTokens;
import io.github.fapipack.resourceserver.token.PresentedToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * Decision decision = api.check(request, Demands.scopes("accounts"));
 * if (decision instanceof Granted call) {
 *   serve(call.subject(), call.details());
 * } else if (decision instanceof Refused answer) {
 *   send(answer.status(), answer.responseFields(), answer.body());
 * }
 * }</pre>
 */
public final class FapiResourceServer {
  private final Frontend frontend;
  private final AccessTokens tokens;
  private final SenderConstraint sender;
  private final DetailRules details;
  private final Messages messages;
  private final InteractionId interactionId;
  private final Map<String, String> documents;
  private final Answers answers;

  FapiResourceServer(
      Frontend frontend,
      AccessTokens tokens,
      SenderConstraint sender,
      DetailRules details,
      Messages messages,
      InteractionId interactionId,
      Map<String, String> documents,
      Answers answers) {
    this.frontend = frontend;
    this.tokens = tokens;
    this.sender = sender;
    this.details = details;
    this.messages = messages;
    this.interactionId = interactionId;
    this.documents = Map.copyOf(documents);
    this.answers = answers;
  }

  /** What every resource server has to say of itself. */
  public static FapiResourceServerBuilder builder() {
    return new FapiResourceServerBuilder();
  }

  /** Who sends a request, and whether the token is for this operation. Never throws. */
  public Decision check(ApiRequest received, Demands demands) {
    List<HttpField> fields = new ArrayList<>();
    fields.add(InteractionId.of(received));
    try {
      interactionId.check(received);
      ApiRequest request = frontend.asSent(received);
      PresentedToken presented = PresentedToken.of(request);
      AccessToken token = tokens.read(presented.value());
      fields.addAll(sender.check(request, presented, token));
      StepUp.requireScopes(token, demands.scopes());
      StepUp.requireLogin(token, demands.acr(), demands.maxAge(), details.clock());
      Optional<SignedBody> body = messages.check(request, token);
      return new Granted(request, token, details.of(token), body, fields);
    } catch (RefusedRequest refusal) {
      return answers.to(refusal, fields);
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
    return answers.to(refusal, List.of(InteractionId.of(received)));
  }

  /**
   * What this resource server says of itself, if the path is where it says it (RFC 9728 3.1), and
   * its public keys, if it publishes them there.
   *
   * @param rawPath as received, percent-encoded, without the query
   */
  public Optional<String> metadata(String rawPath) {
    return Optional.ofNullable(documents.get(rawPath));
  }

  /** Whether responses are signed; then their content has to be held back until it is complete. */
  public boolean signsResponses() {
    return messages.signsResponses();
  }

  /**
   * The header fields that sign a response, to be added to it: an HTTP message signature (FAPI2-HS
   * 5.3.2), a detached JWS, or both, as set. None if the request was too malformed to refer to.
   *
   * @param received the request that it answers, as the adapter got it
   * @param content the bytes that are sent
   */
  public List<HttpField> sign(
      ApiRequest received, int status, List<HttpField> fields, byte[] content) {
    if (!messages.signsResponses()) {
      return List.of();
    }
    try {
      return messages.sign(frontend.asSent(received), status, fields, content);
    } catch (RefusedRequest malformed) {
      return List.of();
    }
  }

  /**
   * The body of a response as a signed JWT, to be sent with the media type {@code application/jwt}.
   *
   * @param claims its data; {@code iss}, {@code aud}, {@code iat} and {@code jti} are set here
   * @throws IllegalStateException if no key for that was set
   */
  public String signedBody(Granted call, Map<String, Object> claims) {
    return messages.jwt(call.token(), claims);
  }
}
