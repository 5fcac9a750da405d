package io.github.fapipack.authz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.resourceserver.Refused;
import io.github.fapipack.resourceserver.refusal.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What strangers can make the log say, and how often. */
class RefusalLogTest {
  private static final Refused REFUSED =
      new Refused(Problem.INVALID_TOKEN, "the token has expired", "RFC9068 4", List.of(), "");

  private final Lines lines = new Lines();
  private final AtomicLong seconds = new AtomicLong(1);
  private final RefusalLog log = new RefusalLog(lines, seconds::get);

  @Test
  void aLineSaysWhyAndByWhichClause() {
    log.refused(REFUSED);

    assertThat(lines.all)
        .containsExactly("refused: 401 invalid_token, the token has expired (RFC9068 4)");
  }

  @Test
  void aFloodIsCountedAndNotListed() {
    for (int i = 0; i < 1000; i++) {
      log.refused(REFUSED);
    }
    assertThat(lines.all).hasSize(20);

    seconds.incrementAndGet();
    log.refused(REFUSED);

    assertThat(lines.all).hasSize(22).contains("980 more in a second that are not listed");
  }

  private static final class Lines implements System.Logger {
    private final List<String> all = new ArrayList<>();

    @Override
    public String getName() {
      return "lines";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      all.add(message);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
      all.add(format);
    }
  }
}
