package io.github.fapipack.bankevents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.consent.LodgedConsent;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.BankRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.time.AtOnce;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Revokes many consents at the bank while their tokens are refreshed and their codes are redeemed.
 * The bank's consent service still calls them authorised, so that only the revocation counts.
 */
public final class RevocationRace {
  private static final int THREADS = 4;
  private static final int MINUTES = 15;

  private final BankRealm bank;
  private final UnaryOperator<FapiClient> here;
  private final Revoker revoker;
  private final List<Held> held = new ArrayList<>();
  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private AtomicLongArray begun;
  private AtomicLongArray answered;

  /** A consent whose tokens a client has. */
  private record Held(LodgedConsent consent, FapiClient client, Tokens tokens) {}

  /** A refresh request of one consent; times in nanoseconds. */
  private record Outcome(int consent, long sent, long received, HttpExchange answer) {
    boolean gaveTokens() {
      return answer.status() == 200;
    }
  }

  /**
   * @param here where clients send their requests
   * @param revoker where the bank sends its revocations
   */
  public RevocationRace(BankRealm bank, UnaryOperator<FapiClient> here, Revoker revoker) {
    this.bank = bank;
    this.here = here;
    this.revoker = revoker;
  }

  /** Obtains tokens for so many consents, revokes all of them meanwhile, and checks the result. */
  public void run(int consents) throws Exception {
    prepare(consents);
    begun = new AtomicLongArray(consents);
    answered = new AtomicLongArray(consents);
    race();
    check();
  }

  /** A client and a browser in which the user is logged in. */
  private record Party(FapiClient client, LoginPage browser) {}

  private void prepare(int consents) throws Exception {
    List<Party> parties = new ArrayList<>();
    // One after the other: Keycloak refuses several logins of a user at the same time.
    for (int thread = 0; thread < THREADS; thread++) {
      FapiClient client = here.apply(TestClient.in(bank.realm()).register());
      Party party = new Party(client, client.browser());
      parties.add(party);
      held.add(obtain(party));
    }
    Queue<Held> others = new ConcurrentLinkedQueue<>();
    AtomicInteger next = new AtomicInteger(THREADS);
    inParallel(
        parties.stream()
            .<Callable<Void>>map(
                party ->
                    () -> {
                      while (next.getAndIncrement() < consents) {
                        others.add(obtain(party));
                      }
                      return null;
                    })
            .toList());
    held.addAll(others);
  }

  private Held obtain(Party party) {
    FapiClient client = party.client();
    LodgedConsent consent = bank.service().lodge(ConsentDraft.of(client.clientId()));
    return new Held(consent, client, client.token(code(client, party.browser(), consent)).expect());
  }

  private Authorized code(FapiClient client, LoginPage browser, LodgedConsent consent) {
    return client
        .visit(client.par().with("scope", "openid consent:" + consent.id()).expect())
        .in(browser)
        .as(TestRealm.USERNAME, bank.realm().password())
        .expectCode();
  }

  private void race() throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      work.add(
          () -> {
            refresh(next);
            return null;
          });
    }
    for (int i = 0; i < 2; i++) {
      work.add(
          () -> {
            revoke(next);
            return null;
          });
    }
    inParallel(work);
  }

  private void revoke(AtomicInteger next) {
    for (int i = next.getAndIncrement(); i < held.size(); i = next.getAndIncrement()) {
      begun.set(i, System.nanoTime());
      assertThat(revoker.revoke(held.get(i).consent().id())).isEqualTo(204);
      answered.set(i, System.nanoTime());
    }
  }

  /** Refreshes tokens of the consents that are revoked just now, and of those around them. */
  private void refresh(AtomicInteger next) {
    while (next.get() < held.size()) {
      int i = next.get() + ThreadLocalRandom.current().nextInt(-3, 3);
      if (i >= 0 && i < held.size()) {
        Held one = held.get(i);
        long sent = System.nanoTime();
        HttpExchange answer = one.client().refresh(one.tokens()).send();
        outcomes.add(new Outcome(i, sent, System.nanoTime(), answer));
      }
    }
  }

  private void check() throws Exception {
    for (Outcome outcome : outcomes) {
      if (outcome.gaveTokens()) {
        assertThat(outcome.sent()).isLessThan(answered.get(outcome.consent()));
      } else {
        outcome.answer().expectError(400, "invalid_grant");
        assertThat(outcome.received()).isGreaterThan(begun.get(outcome.consent()));
      }
    }
    assertThat(outcomes).anyMatch(Outcome::gaveTokens).anyMatch(each -> !each.gaveTokens());
    // What was issued while a revocation was under way is void as well.
    List<Outcome> late =
        outcomes.stream()
            .filter(each -> each.gaveTokens() && each.received() > begun.get(each.consent()))
            .toList();
    System.out.printf(
        "%d refreshes of %d consents, %d gave tokens, %d of them while their consent was revoked%n",
        outcomes.size(),
        held.size(),
        outcomes.stream().filter(Outcome::gaveTokens).count(),
        late.size());
    forAll(late.size(), i -> expectVoid(held.get(late.get(i).consent()), late.get(i)));
    forAll(held.size(), i -> expectEnded(held.get(i)));
  }

  private static void expectVoid(Held one, Outcome outcome) {
    Tokens tokens = Tokens.of(outcome.answer());
    assertThat(
            one.client().introspect(tokens.accessToken()).expect().path("active").asBoolean(true))
        .isFalse();
    one.client().refresh(tokens).expectError("invalid_grant");
  }

  private static void expectEnded(Held one) {
    one.client().refresh(one.tokens()).expectError("invalid_grant");
  }

  /** Redeems codes at the same moment at which their consents are revoked. */
  public void redeem(int codes) throws Exception {
    FapiClient client = here.apply(TestClient.in(bank.realm()).register());
    LoginPage browser = client.browser();
    int given = 0;
    for (int i = 0; i < codes; i++) {
      LodgedConsent consent = bank.service().lodge(ConsentDraft.of(client.clientId()));
      Authorized code = code(client, browser, consent);
      List<HttpExchange> answers =
          AtOnce.all(
              List.of(() -> client.token(code).send(), () -> revoker.request(consent.id()).send()));

      assertThat(answers.get(1).status()).as(answers.get(1).toString()).isEqualTo(204);
      if (answers.get(0).status() == 200) {
        given++;
        expectVoid(new Held(consent, client, null), new Outcome(0, 0, 0, answers.get(0)));
      } else {
        answers.get(0).expectError(400, "invalid_grant");
      }
    }
    System.out.printf("%d of %d codes gave tokens, which were void%n", given, codes);
  }

  private void forAll(int number, IntConsumer work) throws Exception {
    AtomicInteger next = new AtomicInteger();
    inParallel(
        IntStream.range(0, THREADS)
            .<Callable<Void>>mapToObj(
                thread ->
                    () -> {
                      for (int i = next.getAndIncrement(); i < number; i = next.getAndIncrement()) {
                        work.accept(i);
                      }
                      return null;
                    })
            .toList());
  }

  private static void inParallel(List<Callable<Void>> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      List<Future<Void>> running = new ArrayList<>();
      work.forEach(each -> running.add(threads.submit(each)));
      for (Future<Void> each : running) {
        each.get(MINUTES, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
