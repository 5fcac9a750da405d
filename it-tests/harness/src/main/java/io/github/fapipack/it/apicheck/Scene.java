package io.github.fapipack.it.apicheck;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** What attacks have to work with: real tokens, the honest request, and the way to the API. */
final class Scene {
  private final CheckSettings settings;
  private final Wire wire;
  private final Pace pace;
  private Holding current;
  private Holding first;
  private String nonce;
  private boolean nonces;
  private int sent;

  Scene(CheckSettings settings) {
    this.settings = settings;
    this.wire = settings.wire();
    this.pace = new Pace(settings.rate());
  }

  CheckSettings settings() {
    return settings;
  }

  /** How many requests the API has got. */
  int sent() {
    return sent;
  }

  FapiClient client() {
    return settings.client();
  }

  boolean usesDpop() {
    return client().constraint() == SenderConstraint.DPOP;
  }

  /** Whether the API has given nonces. */
  boolean usesNonces() {
    return nonces;
  }

  boolean has(Identity identity) {
    return wire.has(identity);
  }

  /** The tokens of the honest request, renewed before they expire. */
  Holding holding() {
    if (current == null || !current.isFresh()) {
      current = obtain(client(), settings.ask());
      first = first == null ? current : first;
    }
    return current;
  }

  /** The tokens with which the check began. */
  Holding first() {
    holding();
    return first;
  }

  Holding obtain(FapiClient client, Ask ask) {
    return settings.tokens().obtain(client, ask);
  }

  /** The same for an attack: what the issuer refuses cannot be tried. */
  Holding tryToObtain(FapiClient client, Ask ask) {
    try {
      return obtain(client, ask);
    } catch (CheckFailure e) {
      throw new NotApplicable(Words.plain(e.getMessage(), 200));
    }
  }

  /** Another token of the same approval. */
  Holding refreshed(Holding holding) {
    try {
      Tokens tokens = TokenSource.told(holding.client().refresh(holding.tokens())::expect);
      return new Holding(holding.client(), tokens, Instant.now());
    } catch (CheckFailure e) {
      throw new NotApplicable(Words.plain(e.getMessage(), 200));
    }
  }

  /** The public keys of the issuer, as JSON. */
  String issuerKeys() {
    return client().serverKeys();
  }

  Draft honest() {
    return honest(holding());
  }

  /** The honest request with other tokens. */
  Draft honest(Holding tokens) {
    return honest(tokens, settings.target());
  }

  Draft honest(Holding tokens, Target target) {
    return new Draft(tokens.client(), tokens.tokens().accessToken(), target, settings.signing())
        .nonce(nonce);
  }

  /** Sends the honest request with one change; again if only a nonce was missing. */
  Answer altered(Consumer<Draft> change) {
    return altered(holding(), change);
  }

  Answer altered(Holding tokens, Consumer<Draft> change) {
    Draft draft = honest(tokens);
    change.accept(draft);
    Answer answer = send(draft);
    if (!answer.wantsNonce() || !draft.scheme().equalsIgnoreCase("DPoP")) {
      return answer;
    }
    Draft again = honest(tokens);
    change.accept(again);
    return send(again);
  }

  /** The honest request as it is. */
  Answer honestly() {
    return altered(draft -> {});
  }

  Answer send(Draft draft) {
    return send(draft.bytes(), draft.identity());
  }

  Answer send(byte[] request, Identity identity) {
    pace.await(1);
    return noted(wire.send(request, identity));
  }

  /** Sends two requests as nearly as possible at the same time. */
  List<Answer> together(Draft one, Draft other) {
    return together(one.bytes(), other.bytes(), one.identity());
  }

  List<Answer> together(byte[] one, byte[] other, Identity identity) {
    pace.await(2);
    CountDownLatch ready = new CountDownLatch(2);
    CompletableFuture<Answer> second =
        CompletableFuture.supplyAsync(() -> together(other, identity, ready));
    Answer answer = together(one, identity, ready);
    return List.of(noted(answer), noted(second.join()));
  }

  private Answer together(byte[] request, Identity identity, CountDownLatch ready) {
    ready.countDown();
    try {
      ready.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CheckFailure("Interrupted.", e);
    }
    return wire.send(request, identity);
  }

  private Answer noted(Answer answer) {
    sent++;
    Optional<String> given = answer.headers().get("DPoP-Nonce").filter(Scene::isNonce);
    nonces |= given.isPresent();
    nonce = given.orElse(nonce);
    if (answer.isSuccess() && settings.once()) {
      current = null;
    }
    return answer;
  }

  /** RFC 9449 8.1: other characters could not stand in a proof. */
  private static boolean isNonce(String text) {
    return text.length() <= 1024
        && text.chars().allMatch(c -> c >= '!' && c <= '~' && c != '"' && c != '\\');
  }

  /** A key of nobody. */
  JWK strangersKey() {
    return settings.strangersKey();
  }
}
