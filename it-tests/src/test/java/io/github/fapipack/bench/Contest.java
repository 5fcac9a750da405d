package io.github.fapipack.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All contenders, which run at the same time and are measured in turn. */
final class Contest implements AutoCloseable {
  private final List<MeasuredServer> servers = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  private Contest() {}

  /**
   * Starts all of them, and lets the users log in.
   *
   * @throws IllegalStateException if one of them accepts what FAPI forbids
   */
  static Contest start(Path javaHome, BenchSettings settings) {
    Contest contest = new Contest();
    try {
      for (Contender contender : settings.contenders()) {
        if (contender.isPeer() && PeerProgram.nodeVersion().isEmpty()) {
          System.out.printf(
              "  Without %s: it needs Node 20 or later, and npm, on the path%n", contender.title());
        } else {
          contest.add(contender, javaHome, settings);
        }
      }
      return contest;
    } catch (RuntimeException | Error e) {
      contest.close();
      throw e;
    }
  }

  private void add(Contender contender, Path javaHome, BenchSettings settings) {
    int clients = Math.max(WarmUp.CLIENTS, settings.mostClients());
    MeasuredServer server;
    if (contender.isPeer()) {
      server = opened(MeasuredPeer.start(contender, settings, clients));
    } else {
      BenchDatabase.Running data = opened(settings.database().start());
      MeasuredKeycloak keycloak =
          opened(MeasuredKeycloak.start(contender, javaHome, settings, contender.title(), data));
      for (String algorithm : settings.algorithms()) {
        keycloak.addRealm(algorithm, settings.baseline(), clients);
      }
      server = keycloak;
    }
    servers.add(server);
    for (String algorithm : settings.algorithms()) {
      Vigilance.check(contender, server.clients(algorithm, 1).get(0));
    }
  }

  private <T extends AutoCloseable> T opened(T one) {
    open.add(one);
    return one;
  }

  List<MeasuredServer> servers() {
    return List.copyOf(servers);
  }

  /** The servers in the order of a round. */
  List<MeasuredServer> inTurn(int round) {
    return inTurn(servers, round);
  }

  /** The first one finds a colder machine, so they change places: everybody is first once. */
  static <T> List<T> inTurn(List<T> all, int round) {
    List<T> turn = new ArrayList<>(all);
    Collections.rotate(turn, -round);
    if (round % 2 == 1) {
      Collections.reverse(turn.subList(1, turn.size()));
    }
    return turn;
  }

  @Override
  public void close() {
    Collections.reverse(open);
    for (AutoCloseable one : open) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException("a contender cannot be stopped", e);
      }
    }
  }
}
