package io.github.fapipack.bench;

import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.server.ClusterNode;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What is in the memory of nodes only: codes, pushed requests and logins that users have begun at
 * one node, and end at another.
 */
final class Unfinished {
  /** Of each kind. */
  static final int EACH = 5;

  private record Login(Pushed pushed, LoginPage browser, FrontChannelAnswer shown) {}

  private final AtomicReference<URI> node = new AtomicReference<>();
  private final TestRealm realm;
  private final FapiClient client;
  private final List<Authorized> codes = new ArrayList<>();
  private final List<Pushed> pushed = new ArrayList<>();
  private final List<Login> logins = new ArrayList<>();

  /** With a client of its own. */
  Unfinished(TestRealm realm) {
    this.realm = realm;
    this.client = TestClient.in(realm).register().but().at(node::get).build();
  }

  /** Begins everything at this node, and forgets what was begun before. */
  void begin(ClusterNode first) {
    node.set(first.address());
    codes.clear();
    pushed.clear();
    logins.clear();
    for (int i = 0; i < EACH; i++) {
      codes.add(authorize(client.par().expect()));
      pushed.add(client.par().expect());
      Pushed request = client.par().expect();
      LoginPage browser = client.browser();
      logins.add(new Login(request, browser, browser.open(client.visit(request).address())));
    }
  }

  private Authorized authorize(Pushed request) {
    return client.visit(request).as(TestRealm.USERNAME, realm.password()).expectCode();
  }

  /**
   * Ends everything at this node.
   *
   * @return what could not be ended
   */
  List<String> end(ClusterNode other) {
    node.set(other.address());
    List<String> errors = new ArrayList<>();
    codes.forEach(code -> end("code", errors, () -> client.token(code).expect()));
    pushed.forEach(
        one -> end("pushed request", errors, () -> client.token(authorize(one)).expect()));
    logins.forEach(one -> end("login", errors, () -> client.token(code(one)).expect()));
    return errors;
  }

  private Authorized code(Login login) {
    FrontChannelAnswer answer =
        login.browser().logIn(login.shown(), TestRealm.USERNAME, realm.password());
    return client
        .visit(login.pushed())
        .expectCode(
            LoginPage.asksForConsent(answer) ? login.browser().decide(answer, true) : answer);
  }

  private static void end(String what, List<String> errors, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | AssertionError e) {
      errors.add(what + ": " + e);
    }
  }
}
