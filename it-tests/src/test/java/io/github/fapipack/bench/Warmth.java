package io.github.fapipack.bench;

/**
 * How warm a server is.
 *
 * @param rounds after which the warm-up ended
 * @param cpuMillis for a flow in the last round
 * @param compiling the compilers' share of the server's processor time in the last round
 * @param quiet the number of last rounds in a row in which compilers did almost nothing and flows
 *     cost the same
 */
record Warmth(int rounds, double cpuMillis, double compiling, int quiet) {
  private static final double DIFFERENCE = 0.05;
  private static final double COMPILING = 0.01;
  private static final int ENOUGH = 2;

  static Warmth cold() {
    return new Warmth(0, 0, 1, 0);
  }

  /** After another round. */
  Warmth after(Sample flows) {
    double change = flows.cpuMillis() / cpuMillis - 1;
    boolean nothingChanges = flows.compiling() <= COMPILING && Math.abs(change) <= DIFFERENCE;
    return new Warmth(
        rounds + 1, flows.cpuMillis(), flows.compiling(), nothingChanges ? quiet + 1 : 0);
  }

  /** Whether the compilers are done. */
  boolean done() {
    return quiet >= ENOUGH;
  }
}
