package io.github.fapipack.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets the compilers of several JVMs go before anything else, until it is closed: they would hardly
 * get on beside the load that shows them what to compile. Where that is not permitted, which is the
 * case without the administrator's rights, everything stays as it is.
 */
final class CompilersFirst implements AutoCloseable {
  private static final int BEFORE_ALL = -15;
  private static final int USUAL = 0;
  private static final int PATIENCE = 10;

  private final List<ProcessHandle> servers;

  CompilersFirst(List<ProcessHandle> servers) {
    this.servers = List.copyOf(servers);
  }

  /** Also for compiler threads that were started since the last time. */
  void prefer() {
    priority(BEFORE_ALL);
  }

  @Override
  public void close() {
    priority(USUAL);
  }

  private void priority(int nice) {
    List<String> line = new ArrayList<>(List.of("renice", "-n", Integer.toString(nice), "-p"));
    servers.forEach(server -> line.addAll(ProcessCost.compilerThreads(server)));
    if (line.size() == 4) {
      return;
    }
    try {
      Process renice =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      renice.waitFor(PATIENCE, TimeUnit.SECONDS);
    } catch (IOException missing) {
      // It takes longer then.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
