package io.github.fapipack.bench;

import io.github.fapipack.it.server.Harness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** All contenders, which run at the same time and are measured in turn. */
final class Contest implements AutoCloseable {
  private final Path javaHome;
  private final BenchSettings settings;
  private final int clients;
  private final List<MeasuredServer> servers = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  private Contest(Path javaHome, BenchSettings settings) {
    this.javaHome = javaHome;
    this.settings = settings;
    this.clients = Math.max(WarmUp.CLIENTS, settings.mostClients());
  }

  /**
   * Starts all that can run here, and lets the users log in.
   *
   * @throws IllegalStateException if one of them accepts what FAPI forbids, or if there is none
   */
  static Contest start(Path javaHome, BenchSettings settings) {
    Contest contest = new Contest(javaHome, settings);
    try {
      Optional<PeerProgram> peer =
          settings.contenders().stream().anyMatch(Contender::isPeer)
              ? PeerProgram.install(Harness.fromSystemProperties())
              : Optional.empty();
      for (Contender contender : settings.contenders()) {
        if (contender.isPeer()) {
          peer.ifPresent(program -> contest.addPeer(contender, program));
        } else {
          contest.addKeycloak(contender);
        }
      }
      if (contest.servers.isEmpty()) {
        throw new IllegalStateException("none of -Dbench.contenders can run here");
      }
      return contest;
    } catch (RuntimeException | Error e) {
      contest.close();
      throw e;
    }
  }

  private void addPeer(Contender contender, PeerProgram program) {
    add(opened(MeasuredPeer.start(contender, program, settings, clients)));
  }

  private void addKeycloak(Contender contender) {
    BenchDatabase.Running data = opened(settings.database().start());
    MeasuredKeycloak server =
        opened(MeasuredKeycloak.start(contender, javaHome, settings, contender.title(), data));
    for (String algorithm : settings.algorithms()) {
      server.addRealm(algorithm, settings.baseline(), clients);
    }
    add(server);
  }

  private void add(MeasuredServer server) {
    servers.add(server);
    for (String algorithm : settings.algorithms()) {
      Vigilance.check(server.contender(), server.clients(algorithm, 1).get(0));
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
