package io.github.fapipack.it.server;

import java.util.List;

/**
 * A server could not be started; has a message of one line and, if available, the end of the
 * server's log.
 */
public final class ServerFailure extends RuntimeException {
  private final String line;
  private final List<String> logTail;

  public ServerFailure(String line) {
    this(line, List.of());
  }

  public ServerFailure(String line, List<String> logTail) {
    super(logTail.isEmpty() ? line : line + "\n" + String.join("\n", logTail));
    this.line = line;
    this.logTail = List.copyOf(logTail);
  }

  /** What went wrong, as one sentence for users. */
  public String line() {
    return line;
  }

  /** The last relevant lines of the server's log. */
  public List<String> logTail() {
    return logTail;
  }
}
