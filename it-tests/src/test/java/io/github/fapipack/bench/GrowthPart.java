package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;

/** A question of {@link GrowthSuite}, by its name in {@code -Dbench.growth.parts}. */
enum GrowthPart {
  /** What requests cost among few and many. */
  REQUESTS {
    @Override
    ObjectNode run(BenchSettings settings, Cores cores) throws SQLException {
      return new GrowthRequests(settings, cores).run();
    }
  },
  /** What they cost if every client sends some, with caches of several sizes. */
  SPREAD {
    @Override
    ObjectNode run(BenchSettings settings, Cores cores) throws SQLException {
      return new GrowthSpread(settings, cores).run();
    }
  },
  /** How long administrators wait in a realm with thousands of clients. */
  ADMINISTRATION {
    @Override
    ObjectNode run(BenchSettings settings, Cores cores) throws SQLException {
      return new GrowthAdministration(settings).run();
    }
  },
  /** How long a server with hundreds of realms takes to start. */
  REALMS {
    @Override
    ObjectNode run(BenchSettings settings, Cores cores) throws SQLException {
      return new GrowthRealms(settings).run();
    }
  };

  /** Runs, and prints a table; the same for programs. */
  abstract ObjectNode run(BenchSettings settings, Cores cores) throws SQLException;
}
