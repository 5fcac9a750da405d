package io.github.fapipack.protocol;

import io.github.fapipack.authorization.CodeTime;
import io.github.fapipack.rule.Clause;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.infinispan.commons.TimeoutException;
import org.infinispan.commons.api.BasicCache;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.sessions.infinispan.entities.SingleUseObjectValueEntity;

/**
 * Keycloak's store of single-use values, in the memory of a cluster, extended so that a value is
 * used at most once even if a node dies meanwhile.
 *
 * <p>If the node that owns an entry does not answer, Infinispan repeats the write at the next
 * owner; if it finds an equal value there, it assumes that this is its own first attempt. Keycloak
 * writes the same value for every use, so a replay that was waiting for the dead node would
 * succeed. Here each attempt writes a different value.
 */
@Clause("FAPI2-SP 5.3.2.2-9")
final class SingleUse implements SingleUseObjectProvider {

  private static final String SPENT_BY = "fapi.spent-by";
  private static final String ATTEMPT = "attempt";

  /** Seconds; far longer than a request waits for a dead node. */
  private static final long LONGEST_WAIT = 600;

  /** Each attempt waits as long as the cache waits for a lock. */
  private static final int MOST_TRIES = 5;

  private final KeycloakSession session;
  private final SingleUseObjectProvider original;
  private final BasicCache<String, SingleUseObjectValueEntity> cache;

  /**
   * @param original Keycloak's own store, for everything else
   */
  SingleUse(
      KeycloakSession session,
      SingleUseObjectProvider original,
      BasicCache<String, SingleUseObjectValueEntity> cache) {
    this.session = session;
    this.original = original;
    this.cache = cache;
  }

  @Override
  public boolean putIfAbsent(String key, long seconds) {
    if (seconds <= 0 || key.endsWith(REVOKED_KEY)) {
      return original.putIfAbsent(key, seconds); // which refuses it, or stores it in the database
    }
    String attempt = UUID.randomUUID().toString();
    SingleUseObjectValueEntity value = new SingleUseObjectValueEntity(Map.of(ATTEMPT, attempt));
    return repeated(
        () -> {
          SingleUseObjectValueEntity first =
              cache.putIfAbsent(key, value, seconds, TimeUnit.SECONDS);
          return first == null || attempt.equals(first.getNotes().get(ATTEMPT));
        });
  }

  /**
   * A repeated removal would also mistake another request's removal for its own. So a code is
   * replaced, in one step, by a mark of the attempt that spends it. Other keys can be stored again,
   * so a mark would prove nothing.
   */
  @Override
  public Map<String, String> remove(String key) {
    if (!CodeTime.isCode(key)) {
      return original.remove(key);
    }
    SingleUseObjectValueEntity code = cache.get(key);
    if (code == null || isSpent(code.getNotes()) || !spend(key, code)) {
      return null;
    }
    CodeTime.keep(session, code.getNotes());
    return code.getNotes();
  }

  private boolean spend(String key, SingleUseObjectValueEntity code) {
    String attempt = UUID.randomUUID().toString();
    SingleUseObjectValueEntity spent = new SingleUseObjectValueEntity(Map.of(SPENT_BY, attempt));
    return repeated(
        () -> cache.replace(key, code, spent, LONGEST_WAIT, TimeUnit.SECONDS) || holds(key, spent));
  }

  private boolean holds(String key, SingleUseObjectValueEntity value) {
    return value.equals(cache.get(key));
  }

  private static boolean repeated(BooleanSupplier write) {
    for (int tries = 1; ; tries++) {
      try {
        return write.getAsBoolean();
      } catch (TimeoutException e) {
        // Another request holds the key's lock and waits for a node that has just died.
        if (tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  private static boolean isSpent(Map<String, String> notes) {
    return notes.containsKey(SPENT_BY);
  }

  @Override
  public void put(String key, long seconds, Map<String, String> notes) {
    original.put(key, seconds, CodeTime.isCode(key) ? CodeTime.noted(notes) : notes);
  }

  @Override
  public Map<String, String> get(String key) {
    Map<String, String> notes = original.get(key);
    return notes == null || (CodeTime.isCode(key) && isSpent(notes)) ? null : notes;
  }

  @Override
  public boolean replace(String key, Map<String, String> notes) {
    return contains(key) && original.replace(key, notes);
  }

  @Override
  public boolean contains(String key) {
    return CodeTime.isCode(key) ? get(key) != null : original.contains(key);
  }

  @Override
  public void close() {
    original.close();
  }
}
