package io.github.fapipack.scheme;

import io.github.fapipack.keycloak.ServerState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What organisations say of their software, as objects. A list of participants has thousands of
 * them, of which one has changed since the last list.
 */
final class SoftwareTexts {

  private static final int MOST_KEPT = 50_000;

  private record Kept(long version, SoftwareData data) {}

  private static final ServerState<Map<String, Kept>> KEPT =
      new ServerState<>(ConcurrentHashMap::new);

  private SoftwareTexts() {}

  /** For what is committed: a change that is rolled back would leave its text here. */
  static SoftwareData of(String id, long version, String json) {
    Map<String, Kept> all = KEPT.get();
    Kept known = all.get(id);
    if (known == null || known.version() != version) {
      known = new Kept(version, Rows.data(json));
      if (all.size() >= MOST_KEPT) {
        all.clear();
      }
      all.put(id, known);
    }
    return known.data();
  }
}
