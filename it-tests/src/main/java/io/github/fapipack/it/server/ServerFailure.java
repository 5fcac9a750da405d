package io.github.fapipack.it.server;

import java.util.List;

/** A server that could not be started, told in one line, with the end of its log if it has one. */
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

  /** What went wrong, as one sentence for a person. */
  public String line() {
    return line;
  }

  /** The last lines of the server's log that say something. */
  public List<String> logTail() {
    return logTail;
  }
}
