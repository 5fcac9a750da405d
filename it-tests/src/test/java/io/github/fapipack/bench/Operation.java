package io.github.fapipack.bench;

import java.util.Locale;
import java.util.function.Consumer;

/** What a client does repeatedly. */
enum Operation {
  /** A pushed request, authorization within a session, and the tokens. */
  FLOW(LoopingClient::flow),
  REFRESH(LoopingClient::refresh),
  CLIENT_CREDENTIALS(LoopingClient::clientCredentials),
  INTROSPECTION(LoopingClient::introspection),
  USERINFO(LoopingClient::userinfo);

  private final Consumer<LoopingClient> action;

  Operation(Consumer<LoopingClient> action) {
    this.action = action;
  }

  /** Whether it is anything but the use of an access token at the server that issued it. */
  boolean needsNoOwnToken() {
    return this != INTROSPECTION && this != USERINFO;
  }

  void runBy(LoopingClient client) {
    action.accept(client);
  }

  /** As tables and files call it. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
