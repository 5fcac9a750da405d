package io.github.fapipack.revocation;

import static io.github.fapipack.revocation.Checking.BOTH;
import static io.github.fapipack.revocation.Checking.CRL;
import static io.github.fapipack.revocation.Checking.OCSP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.RevocationResponder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.keycloak.common.util.Time;

/** How long answers about certificates are kept, and who waits for new ones. */
@Execution(ExecutionMode.SAME_THREAD) // moves the clock
class KeptAnswersTest {
  private static final Duration AGO = Duration.ofSeconds(60).negated();
  private static final int MINUTE = 60;

  private final CertificateAuthority root = CertificateAuthority.create("CN=root");
  private final RevocationResponder responder = RevocationResponder.start(root);
  private final ClientCertificate client = responder.authority().issue("CN=client");
  private final Checking checking = Checking.trusting(root);

  @AfterEach
  void stop() {
    Time.setOffset(0);
    responder.close();
  }

  @Test
  void anAnswerIsKeptUntilItsNextUpdate() throws Exception {
    responder.lasting(Duration.ofMinutes(10));
    checking.strictly(client, OCSP);
    responder.revoke(client.certificate());

    Time.setOffset(7 * MINUTE);
    assertThat(checking.strictly(client, OCSP).isTrusted()).isTrue();
    assertThat(responder.ocspRequests()).isEqualTo(1);
    Time.setOffset(10 * MINUTE + 1);
    assertThat(checking.strictly(client, OCSP)).isInstanceOf(Verdict.Revoked.class);
  }

  @Test
  void anAnswerIsKeptForAnHourAtMost() throws Exception {
    responder.lasting(Duration.ofDays(7));
    checking.strictly(client, BOTH);
    responder.revoke(client.certificate());

    Time.setOffset(44 * MINUTE);
    assertThat(checking.strictly(client, BOTH).isTrusted()).isTrue();
    Time.setOffset(60 * MINUTE + 1);
    assertThat(checking.strictly(client, BOTH)).isInstanceOf(Verdict.Revoked.class);
  }

  @Test
  void inItsLastQuarterItIsRenewedOnceAndNobodyWaits() throws Exception {
    responder.lasting(Duration.ofDays(7));
    checking.strictly(client, OCSP);
    responder.revoke(client.certificate());

    Time.setOffset(46 * MINUTE);
    assertThat(checking.strictly(client, OCSP).isTrusted()).isTrue();
    assertThat(checking.strictly(client, OCSP).isTrusted()).isTrue();
    assertThat(checking.pendingRenewals()).isEqualTo(1);
    assertThat(responder.ocspRequests()).isEqualTo(1);
    checking.renew();
    assertThat(checking.strictly(client, OCSP)).isInstanceOf(Verdict.Revoked.class);
  }

  @Test
  void anAnswerThatCannotBeRenewedHoldsUntilItsEnd() throws Exception {
    responder.lasting(Duration.ofDays(7));
    checking.strictly(client, OCSP);
    responder.failing(503);

    Time.setOffset(46 * MINUTE);
    checking.strictly(client, OCSP);
    checking.renew();
    assertThat(checking.strictly(client, OCSP).isTrusted()).isTrue();
    assertThat(checking.pendingRenewals()).isZero(); // not at once again

    Time.setOffset(47 * MINUTE);
    assertThat(checking.strictly(client, OCSP).isTrusted()).isTrue();
    assertThat(checking.pendingRenewals()).isEqualTo(1);
    checking.renew();
    Time.setOffset(61 * MINUTE);
    assertThat(checking.strictly(client, OCSP)).isInstanceOf(Verdict.Unavailable.class);
  }

  @Test
  void oneListTellsAboutAllCertificates() throws Exception {
    ClientCertificate other = responder.authority().issue("CN=other");
    responder.revoke(other.certificate());

    assertThat(checking.strictly(client, CRL).isTrusted()).isTrue();
    assertThat(checking.strictly(other, CRL)).isInstanceOf(Verdict.Revoked.class);
    assertThat(responder.crlRequests()).isEqualTo(1);
  }

  @Test
  void aRevocationThatIsTakenBackEnds() throws Exception {
    responder.lasting(Duration.ofMinutes(10));
    responder.revoke(client.certificate());
    checking.strictly(client, BOTH);
    responder.reinstate(client.certificate());

    assertThat(checking.strictly(client, BOTH)).isInstanceOf(Verdict.Revoked.class);
    Time.setOffset(10 * MINUTE + 1);
    assertThat(checking.strictly(client, BOTH).isTrusted()).isTrue();
  }

  @Test
  void aResponderThatFailsIsLeftAloneForAWhile() throws Exception {
    ClientCertificate other = responder.authority().issue("CN=other");
    responder.failing(503);

    assertThat(checking.strictly(client, OCSP)).isInstanceOf(Verdict.Unavailable.class);
    responder.recover();
    assertThat(checking.strictly(client, OCSP)).isInstanceOf(Verdict.Unavailable.class);
    assertThat(checking.strictly(other, OCSP)).isInstanceOf(Verdict.Unavailable.class);
    assertThat(responder.ocspRequests()).isEqualTo(1);
    Time.setOffset(31);
    assertThat(checking.strictly(client, OCSP).isTrusted()).isTrue();
  }

  @Test
  void oneUselessAnswerSaysNothingAboutOtherCertificates() throws Exception {
    ClientCertificate other = responder.authority().issue("CN=other");
    responder.answering(
        responder.answers().from(Duration.ofHours(2).negated(), AGO.multipliedBy(3)));
    assertThat(checking.strictly(client, OCSP)).isInstanceOf(Verdict.Unavailable.class);
    responder.lasting(Duration.ofHours(1));

    assertThat(checking.strictly(other, OCSP).isTrusted()).isTrue();
    assertThat(checking.strictly(client, OCSP)).isInstanceOf(Verdict.Unavailable.class);
  }

  @Test
  void requestsForTheSameCertificateWaitForOneFetch() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    responder.handling(
        exchange -> {
          await(answer);
          responder.answerOcsp(exchange);
        },
        responder::answerCrl);

    List<Verdict> verdicts = concurrently(20, answer, client);
    assertThat(verdicts).hasSize(20).allMatch(Verdict::isTrusted);
    assertThat(responder.ocspRequests()).isEqualTo(1);
  }

  @Test
  void oneRequestAtATimeReachesAResponder() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    responder.handling(
        exchange -> {
          // Counted out before the answer goes: a client that has it may send its next request
          // before this thread runs again.
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
          now.decrementAndGet();
          responder.answerOcsp(exchange);
        },
        responder::answerCrl);
    ClientCertificate[] clients = new ClientCertificate[20];
    for (int i = 0; i < clients.length; i++) {
      clients[i] = responder.authority().issue("CN=client " + i);
    }

    assertThat(concurrently(20, new CountDownLatch(0), clients)).allMatch(Verdict::isTrusted);
    assertThat(responder.ocspRequests()).isEqualTo(20);
    assertThat(most).hasValue(1);
  }

  @Test
  void noMoreThanSomeWait() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    responder.handling(
        exchange -> {
          await(answer);
          responder.answerOcsp(exchange);
        },
        responder::answerCrl);

    List<Verdict> verdicts = concurrently(80, answer, client);
    assertThat(verdicts).filteredOn(Verdict::isTrusted).hasSize(50);
    assertThat(verdicts).filteredOn(Verdict.Unavailable.class::isInstance).hasSize(30);
    assertThat(checking.strictly(client, OCSP).isTrusted()).isTrue();
  }

  /** Each thread begins, then the responder may answer, once as many have ended as do not wait. */
  private List<Verdict> concurrently(
      int threads, CountDownLatch answer, ClientCertificate... clients) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch begun = new CountDownLatch(threads);
      CountDownLatch refused = new CountDownLatch(Math.max(0, threads - 50));
      List<Future<Verdict>> verdicts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        ClientCertificate one = clients[i % clients.length];
        verdicts.add(
            pool.submit(
                () -> {
                  begun.countDown();
                  Verdict verdict = checking.strictly(one, OCSP);
                  refused.countDown();
                  return verdict;
                }));
      }
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(refused.await(10, TimeUnit.SECONDS)).isTrue();
      answer.countDown();
      List<Verdict> results = new ArrayList<>();
      for (Future<Verdict> verdict : verdicts) {
        results.add(verdict.get(30, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
