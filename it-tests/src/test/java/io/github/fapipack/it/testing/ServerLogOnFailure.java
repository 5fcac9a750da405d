package io.github.fapipack.it.testing;

import io.github.fapipack.it.server.KeycloakServer;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Prints what the server logged during a test that failed. */
public final class ServerLogOnFailure
    implements BeforeTestExecutionCallback, AfterTestExecutionCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(ServerLogOnFailure.class);
  private static final int MOST_LINES = 80;

  private final Supplier<? extends KeycloakServer> server;

  /** For the server that all tests share. */
  public ServerLogOnFailure() {
    this(TestServer::running);
  }

  private ServerLogOnFailure(Supplier<? extends KeycloakServer> server) {
    this.server = server;
  }

  /**
   * For a server of the test's own.
   *
   * @param server gives null as long as there is none
   */
  public static ServerLogOnFailure of(Supplier<? extends KeycloakServer> server) {
    return new ServerLogOnFailure(server);
  }

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    context.getStore(NAMESPACE).put(context.getUniqueId(), log().length());
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isEmpty()) {
      return;
    }
    int start = context.getStore(NAMESPACE).get(context.getUniqueId(), Integer.class);
    List<String> lines = log().substring(start).lines().toList();
    System.out.println("--- server log during " + context.getDisplayName());
    lines
        .subList(Math.max(0, lines.size() - MOST_LINES), lines.size())
        .forEach(System.out::println);
    System.out.println("--- end of server log");
  }

  private String log() {
    KeycloakServer running = server.get();
    return running == null ? "" : running.log();
  }
}
