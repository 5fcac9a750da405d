package io.github.fapipack.bench;

import java.util.Arrays;
import java.util.List;

/**
 * The result of some seconds of load.
 *
 * @param nanos how long it took
 * @param serverCpu nanoseconds of the server's processor time
 * @param compilers the part of it for the compilers
 * @param databaseCpu nanoseconds of its database's, unless that runs within the server
 * @param clientCpu nanoseconds of this JVM's processor time
 * @param latencies nanoseconds of each operation, sorted
 */
record Sample(
    long nanos,
    long serverCpu,
    long compilers,
    long databaseCpu,
    long clientCpu,
    long[] latencies) {

  /** Several samples of the same as one. */
  static Sample sum(List<Sample> samples) {
    long[] latencies =
        samples.stream().flatMapToLong(one -> Arrays.stream(one.latencies)).sorted().toArray();
    return new Sample(
        samples.stream().mapToLong(Sample::nanos).sum(),
        samples.stream().mapToLong(Sample::serverCpu).sum(),
        samples.stream().mapToLong(Sample::compilers).sum(),
        samples.stream().mapToLong(Sample::databaseCpu).sum(),
        samples.stream().mapToLong(Sample::clientCpu).sum(),
        latencies);
  }

  int operations() {
    return latencies.length;
  }

  /** Operations per second. */
  double throughput() {
    return operations() * 1e9 / nanos;
  }

  /**
   * Milliseconds of the server's processor time per operation, without the compilers', which finish
   * after some time in production but not in a benchmark.
   */
  double cpuMillis() {
    return (serverCpu - compilers) / 1e6 / operations();
  }

  /** Milliseconds of the database's processor time per operation. */
  double databaseMillis() {
    return databaseCpu / 1e6 / operations();
  }

  /** The latency in milliseconds below which this share of all operations stayed. */
  double latencyMillis(double share) {
    int index = (int) Math.ceil(share * operations()) - 1;
    return latencies[Math.max(0, index)] / 1e6;
  }

  /** How much of the time a core was busy with the server. */
  double serverBusy() {
    return (double) serverCpu / nanos;
  }

  /** How much of the time a core was busy with the clients. */
  double clientsBusy() {
    return (double) clientCpu / nanos;
  }

  /** The compilers' share of the server's processor time. */
  double compiling() {
    return serverCpu == 0 ? 0 : (double) compilers / serverCpu;
  }
}
