package io.github.fapipack.bench;

import java.util.ArrayList;
import java.util.List;

/** An operation that many clients do, one after the other. Not for several threads. */
final class TakingTurns implements Runnable {
  private final Operation operation;
  private final List<LoopingClient> clients;
  private int next;

  private TakingTurns(Operation operation, List<LoopingClient> clients) {
    this.operation = operation;
    this.clients = clients;
  }

  /**
   * Deals the clients out to threads.
   *
   * @return at most as many as there are clients
   */
  static List<TakingTurns> of(Operation operation, List<LoopingClient> clients, int threads) {
    List<TakingTurns> all = new ArrayList<>();
    for (int thread = 0; thread < Math.min(threads, clients.size()); thread++) {
      List<LoopingClient> own = new ArrayList<>();
      for (int i = thread; i < clients.size(); i += threads) {
        own.add(clients.get(i));
      }
      all.add(new TakingTurns(operation, own));
    }
    return all;
  }

  /** Lets each client do it once. */
  void runAll() {
    for (int i = 0; i < clients.size(); i++) {
      run();
    }
  }

  @Override
  public void run() {
    operation.runBy(clients.get(next));
    next = (next + 1) % clients.size();
  }
}
