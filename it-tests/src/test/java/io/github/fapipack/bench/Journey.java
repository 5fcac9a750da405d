package io.github.fapipack.bench;

import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;

/** A client that goes through all steps again and again, one request at a time. */
final class Journey {
  private static final Step[] STEPS = Step.values();

  private final FapiClient client;
  private final LoginPage browser;
  private int next;
  private Pushed pushed;
  private Authorized authorized;
  private Tokens tokens;

  /** Of a client whose user is logged in and has consented. */
  Journey(LoopingClient client) {
    this.client = client.client();
    this.browser = client.browser();
  }

  /** What {@link #go} does next. */
  Step next() {
    return STEPS[next];
  }

  /**
   * Takes the next step. After a failure the journey starts over.
   *
   * @throws RuntimeException if there is no answer
   * @throws AssertionError if the answer is not the expected one
   */
  void go() {
    Step step = STEPS[next];
    next = 0;
    take(step);
    next = (step.ordinal() + 1) % STEPS.length;
  }

  private void take(Step step) {
    switch (step) {
      case PAR -> pushed = client.par().expect();
      case AUTHORIZATION -> authorized = client.visit(pushed).in(browser).expectCode();
      case TOKEN -> tokens = client.token(authorized).expect();
      case REFRESH -> tokens = client.refresh(tokens).expect();
      case USERINFO -> client.userinfo(tokens).expect();
      case INTROSPECTION -> introspect();
    }
  }

  private void introspect() {
    if (!client.introspect(tokens.accessToken()).expect().path("active").asBoolean()) {
      throw new AssertionError("the server takes a fresh token for an inactive one");
    }
  }
}
