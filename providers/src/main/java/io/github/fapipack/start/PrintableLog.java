package io.github.fapipack.start;

import io.github.fapipack.rule.Printable;
import java.util.Arrays;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps each log message on one line, whoever logs it: control characters are escaped in the values
 * that Keycloak and the pack put into their messages.
 */
final class PrintableLog implements Filter {

  /** Of one value, in characters. */
  private static final int LONGEST = 16_384;

  private final Filter before;

  private PrintableLog(Filter before) {
    this.before = before;
  }

  /** Adds the filter to every handler of the server's log. */
  static void install() {
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      if (!(handler.getFilter() instanceof PrintableLog)) {
        handler.setFilter(new PrintableLog(handler.getFilter()));
      }
    }
  }

  @Override
  public boolean isLoggable(LogRecord message) {
    Object[] values = message.getParameters();
    String logger = message.getLoggerName();
    if (values != null
        && logger != null
        && (logger.startsWith("org.keycloak.") || logger.startsWith("io.github.fapipack."))) {
      message.setParameters(
          Arrays.stream(values)
              .map(value -> value instanceof String text ? Printable.of(text, LONGEST) : value)
              .toArray());
    }
    return before == null || before.isLoggable(message);
  }
}
