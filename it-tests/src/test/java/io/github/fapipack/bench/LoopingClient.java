package io.github.fapipack.bench;

import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;

/** A client with its own user, who has logged in and consented. */
final class LoopingClient {
  private final FapiClient client;
  private final String user;
  private final String password;
  private LoginPage browser;
  private Tokens tokens;

  private LoopingClient(FapiClient client, String user, String password) {
    this.client = client;
    this.user = user;
    this.password = password;
  }

  /** Lets the user log in and consent. */
  static LoopingClient loggedIn(FapiClient client, String user, String password) {
    LoopingClient looping = new LoopingClient(client, user, password);
    looping.logIn();
    return looping;
  }

  /** A client whose user is logged in elsewhere; it has no tokens before its first flow. */
  static LoopingClient within(FapiClient client, LoginPage browser) {
    LoopingClient looping = new LoopingClient(client, null, null);
    looping.browser = browser;
    return looping;
  }

  /** A client that holds these tokens. */
  static LoopingClient holding(FapiClient client, LoginPage browser, Tokens tokens) {
    LoopingClient looping = within(client, browser);
    looping.tokens = tokens;
    return looping;
  }

  /** Begins a session, in a new browser. */
  void logIn() {
    browser = client.browser();
    tokens =
        client
            .token(client.visit(client.par().expect()).in(browser).as(user, password).expectCode())
            .expect();
  }

  FapiClient client() {
    return client;
  }

  /** Tokens of the last flow. */
  Tokens tokens() {
    return tokens;
  }

  LoginPage browser() {
    return browser;
  }

  /** A code, without the user doing anything. */
  Authorized authorize() {
    return client.visit(client.par().expect()).in(browser).expectCode();
  }

  void flow() {
    tokens = client.token(authorize()).expect();
  }

  void refresh() {
    // The refresh token stays the same: FAPI2-SP 5.3.2.1-9 forbids rotation.
    client.refresh(tokens).expect();
  }

  void clientCredentials() {
    client.clientCredentials().expect();
  }

  void introspection() {
    if (!client.introspect(tokens.accessToken()).expect().path("active").asBoolean()) {
      throw new AssertionError("the server takes a fresh token for an inactive one");
    }
  }

  void userinfo() {
    client.userinfo(tokens).expect();
  }
}
