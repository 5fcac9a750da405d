package io.github.fapipack.bench;

import java.util.List;

/** A server with clients whose users have logged in. */
interface MeasuredServer extends AutoCloseable {
  Contender contender();

  /** The process that does the work. */
  ProcessHandle process();

  /** Where its load is measured. */
  ClosedLoop loop();

  /** The first clients that use this algorithm for everything; there are as many as asked for. */
  List<LoopingClient> clients(String algorithm, int number);

  /** What it keeps in memory now. */
  Memory memory();

  @Override
  void close();
}
