package io.github.fapipack.bench;

/** How long something took. */
final class Seconds {
  private Seconds() {}

  static double of(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return since(start);
  }

  /**
   * Until now.
   *
   * @param start by {@link System#nanoTime}
   */
  static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
