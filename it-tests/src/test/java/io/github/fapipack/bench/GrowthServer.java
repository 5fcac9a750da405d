package io.github.fapipack.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A server with the pack, whose database has been filled to one scale. */
final class GrowthServer implements AutoCloseable {
  static final int THREADS = 4;

  private final GrowthScale scale;
  private final BenchDatabase.Running database;
  private final MeasuredKeycloak server;
  private final GrowthTemplate template;
  private final List<LoopingClient> clients;
  private final Map<Operation, List<TakingTurns>> turns = new TreeMap<>();

  private GrowthServer(
      GrowthScale scale,
      BenchDatabase.Running database,
      MeasuredKeycloak server,
      GrowthTemplate template,
      List<LoopingClient> clients) {
    this.scale = scale;
    this.database = database;
    this.server = server;
    this.template = template;
    this.clients = clients;
  }

  /**
   * Starts the server, fills its database, and logs users in.
   *
   * @param traffic the number of users who send requests, by the clients in turn
   */
  static GrowthServer start(GrowthScale scale, int number, BenchSettings settings, int traffic)
      throws SQLException {
    BenchDatabase.Running database = BenchDatabase.POSTGRES.start();
    MeasuredKeycloak server = null;
    try {
      server =
          MeasuredKeycloak.start(
              Contender.PACK_NATIVE,
              settings.javaHomes().get(0),
              settings,
              "growth-" + number,
              database);
      String algorithm = settings.algorithms().get(0);
      server.addRealm(algorithm, settings.baseline(), WarmUp.CLIENTS);
      GrowthTemplate template = GrowthTemplate.create(server.realm(algorithm), algorithm);
      int sessions = Math.min(scale.users(), traffic);
      try (Connection connection = database.connect()) {
        new GrowthData(connection, template, line -> System.out.println("  " + line))
            .fill(scale, sessions);
      }
      return new GrowthServer(scale, database, server, template, logIn(template, scale, sessions));
    } catch (SQLException | RuntimeException e) {
      if (server != null) {
        server.close();
      }
      database.close();
      throw e;
    }
  }

  /** All in parallel, because a login takes a while. */
  private static List<LoopingClient> logIn(
      GrowthTemplate template, GrowthScale scale, int sessions) {
    long start = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<LoopingClient>> running = new ArrayList<>();
      for (int number = 1; number <= sessions; number++) {
        int user = number;
        int client = 1 + (number - 1) % scale.clients();
        running.add(threads.submit(() -> template.logIn(client, user)));
      }
      List<LoopingClient> clients = new ArrayList<>();
      for (Future<LoopingClient> one : running) {
        clients.add(one.get());
      }
      System.out.printf(
          "  %,d users logged in: %.1f s%n", sessions, (System.nanoTime() - start) / 1e9);
      return Collections.unmodifiableList(clients);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a user could not log in", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  GrowthScale scale() {
    return scale;
  }

  MeasuredKeycloak server() {
    return server;
  }

  /** Every session in turn, in a few threads. */
  Sample measure(Operation operation, Duration span) {
    List<TakingTurns> actions =
        turns.computeIfAbsent(operation, one -> TakingTurns.of(one, clients, THREADS));
    return measure(operation.title(), actions, span);
  }

  Sample measure(String title, List<TakingTurns> actions, Duration span) {
    return server.loop().run(title, actions, span, Duration.ZERO);
  }

  /**
   * An operation of all clients of the realm in turn, within the sessions that there are: each of a
   * user who has consented to that client.
   */
  List<TakingTurns> everyClient(Operation operation) {
    List<LoopingClient> all = new ArrayList<>();
    for (int number = 1; number <= scale.clients(); number++) {
      LoopingClient session = clients.get((number - 1) % clients.size());
      all.add(LoopingClient.within(template.client(number), session.browser()));
    }
    return TakingTurns.of(operation, all, THREADS);
  }

  /**
   * Stops the server and starts it again; sessions stay.
   *
   * @return the seconds of the start
   */
  double restart(String... startOptions) {
    turns.clear();
    return server.restart(startOptions);
  }

  @Override
  public void close() {
    server.close();
    database.close();
  }
}
