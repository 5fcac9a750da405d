package io.github.fapipack.resourceserver.token;

import io.github.fapipack.resourceserver.fetch.FetchFailed;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Access tokens of which the issuer tells what they are (RFC 7662). Answers are remembered for a
 * few seconds; who asks about the same token at the same time waits for one answer.
 */
final class IntrospectedTokens implements AccessTokens {
  private static final Logger LOG = System.getLogger(IntrospectedTokens.class.getName());
  private static final String CLAUSE = "RFC7662 2.2";

  /** How many requests may wait for the issuer; more would take all threads of a server. */
  private static final int WAITING = 64;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final long BETWEEN_LOG_LINES = 10_000;

  private final IntrospectionCall call;
  private final TokenRules rules;
  private final ToldTokens told;
  private final Clock clock;
  private final Map<TokenHash, CompletableFuture<Told>> running = new ConcurrentHashMap<>();
  private final Semaphore waiting = new Semaphore(WAITING);
  private final AtomicLong nextLogLine = new AtomicLong();

  IntrospectedTokens(
      IntrospectionSettings settings, IntrospectionCall call, TokenRules rules, Clock clock) {
    this.call = call;
    this.rules = rules;
    this.told = new ToldTokens(settings.remembered(), clock);
    this.clock = clock;
  }

  @Override
  public AccessToken read(String token) throws RefusedRequest {
    TokenHash hash = TokenHash.of(token);
    Told seen = told.getOrNull(hash);
    AccessToken read = (seen == null ? ask(hash, token) : seen).token();
    rules.requireUnexpired(read, CLAUSE);
    return read;
  }

  private Told ask(TokenHash hash, String token) throws RefusedRequest {
    if (!waiting.tryAcquire()) {
      throw unavailable();
    }
    try {
      CompletableFuture<Told> mine = new CompletableFuture<>();
      CompletableFuture<Told> other = running.putIfAbsent(hash, mine);
      if (other != null) {
        return await(other);
      }
      try {
        mine.complete(answer(hash, token));
      } finally {
        running.remove(hash, mine);
        mine.complete(Told.refused(unavailable()));
      }
      return await(mine);
    } finally {
      waiting.release();
    }
  }

  private Told answer(TokenHash hash, String token) {
    try {
      Told answer = judged(call.ask(token));
      told.remember(hash, answer);
      return answer;
    } catch (FetchFailed e) {
      complain(e.getMessage());
      return Told.refused(unavailable());
    } catch (RefusedRequest e) {
      return Told.refused(e);
    }
  }

  private Told judged(Map<String, Object> members) throws FetchFailed {
    if (!(members.get("active") instanceof Boolean active)) {
      throw new FetchFailed("the introspection answer does not say whether the token is active");
    }
    try {
      if (!active) {
        throw invalid("the access token has expired, was revoked, or was never issued");
      }
      requireAccessToken(members);
      return Told.good(rules.apply(members, CLAUSE));
    } catch (RefusedRequest e) {
      return Told.refused(e);
    }
  }

  /** Some issuers tell about their refresh and ID tokens too. */
  private void requireAccessToken(Map<String, Object> members) throws RefusedRequest {
    Object issuer = members.get("iss");
    if (issuer != null && !issuer.equals(rules.issuer())) {
      throw invalid("the access token is of another issuer");
    }
    for (String name : new String[] {"token_type", "typ"}) {
      Object type = members.get(name);
      if (type != null && !isForApis(type)) {
        throw invalid("the token is not an access token");
      }
    }
  }

  private static boolean isForApis(Object type) {
    return type instanceof String text
        && (text.equalsIgnoreCase("Bearer") || text.equalsIgnoreCase("DPoP"));
  }

  private Told await(CompletableFuture<Told> answer) throws RefusedRequest {
    try {
      return answer.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw unavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable();
    }
  }

  private void complain(String message) {
    long now = clock.millis();
    long next = nextLogLine.get();
    if (now >= next && nextLogLine.compareAndSet(next, now + BETWEEN_LOG_LINES)) {
      LOG.log(Level.WARNING, "tokens cannot be introspected: {0}", message);
    }
  }

  private static RefusedRequest invalid(String sentence) {
    return new RefusedRequest(Problem.INVALID_TOKEN, sentence + "; get a new one", CLAUSE);
  }

  private static RefusedRequest unavailable() {
    return new RefusedRequest(
            Problem.UNAVAILABLE,
            "the authorization server cannot tell now whether the access token is good; try again"
                + " later",
            "RFC9110 15.6.4")
        .retryAfter(RETRY);
  }
}
