package io.github.fapipack.cluster;

import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.TestRealm;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whole flows at one node in a loop, with a record of the node's responses. */
final class Flows implements AutoCloseable {
  /** A token request that was answered with tokens, so that all of its values are used up. */
  record Redeemed(Authorized code, HttpExchange request, Tokens tokens) {}

  private final FapiClient client;
  private final TestRealm realm;
  private final LoginPage browser;
  private final List<Authorized> codes = new ArrayList<>();
  private final List<Redeemed> redeemed = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final CountDownLatch enough;
  private final Thread thread = new Thread(this::run, "flows");
  private volatile boolean stopped;
  private volatile long lastSuccess;

  private Flows(FapiClient client, TestRealm realm, int enough) {
    this.client = client;
    this.realm = realm;
    this.browser = client.browser();
    this.enough = new CountDownLatch(enough);
  }

  /** Begins, as a client that talks to one node only. */
  static Flows start(FapiClient client, TestRealm realm, int enough) {
    Flows flows = new Flows(client, realm, enough);
    flows.thread.start();
    return flows;
  }

  /** Waits until enough flows have run. */
  void await() throws InterruptedException {
    if (!enough.await(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the flows do not get on: " + failures());
    }
  }

  private void run() {
    for (int flow = 0; !stopped; flow++) {
      long begun = System.nanoTime();
      try {
        Pushed pushed = client.par().with("grant_management_action", "create").expect();
        Authorized code =
            client.visit(pushed).in(browser).as(TestRealm.USERNAME, realm.password()).expectCode();
        if (flow % 2 == 0) {
          note(code);
          continue;
        }
        HttpExchange answer = client.token(code).send().expectStatus(200);
        note(new Redeemed(code, answer, Tokens.of(answer)));
        lastSuccess = begun;
        enough.countDown();
      } catch (UncheckedIOException noAnswer) {
        fail(noAnswer.toString());
        return; // the node is dead
      } catch (AssertionError e) {
        fail(e.getMessage());
      }
    }
  }

  private synchronized void note(Authorized code) {
    codes.add(code);
  }

  private synchronized void note(Redeemed one) {
    redeemed.add(one);
  }

  private synchronized void fail(String failure) {
    failures.add(failure);
  }

  /** Codes that were answered and not yet used. */
  synchronized List<Authorized> codes() {
    return List.copyOf(codes);
  }

  /** Codes that were answered with tokens. */
  synchronized List<Redeemed> redeemed() {
    return List.copyOf(redeemed);
  }

  /** The failures. */
  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  /** Whether a whole flow that began after the given moment has succeeded. */
  boolean succeededSince(long nanoTime) {
    return lastSuccess - nanoTime > 0;
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
