package io.github.fapipack.protocol;

import io.github.fapipack.authorization.CodeTime;
import io.github.fapipack.rule.Clause;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.infinispan.commons.TimeoutException;
import org.infinispan.commons.api.BasicCache;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.sessions.infinispan.entities.SingleUseObjectValueEntity;

/**
 * Keycloak's store of what is good for one use, in the memory of a cluster, such that one use it is
 * also while a node dies.
 *
 * <p>When an answer of the node that owns an entry does not come, Infinispan tries the write again
 * at the next owner, and takes what it finds there for its own earlier attempt if it is equal.
 * Keycloak writes the same value for everybody who uses something up, so a replay that was waiting
 * for the node that died would succeed. Here each attempt writes a value of its own.
 */
@Clause("FAPI2-SP 5.3.2.2-9")
final class SingleUse implements SingleUseObjectProvider {

  private static final String SPENT = "fapi-spent:";
  private static final String ATTEMPT = "attempt";

  /** Seconds; a request that was waiting for a dead node has its answer long before. */
  private static final long LONGEST_WAIT = 600;

  /** Each takes as long as the cache waits for a lock. */
  private static final int MOST_TRIES = 5;

  /** Differs between the nodes of a cluster, and between the lives of one node. */
  private static final String NODE = UUID.randomUUID().toString();

  private static final AtomicLong ATTEMPTS = new AtomicLong();

  private final KeycloakSession session;
  private final SingleUseObjectProvider keycloaks;
  private final BasicCache<String, SingleUseObjectValueEntity> cache;

  /**
   * @param keycloaks Keycloak's own way to the cache, for everything else
   */
  SingleUse(
      KeycloakSession session,
      SingleUseObjectProvider keycloaks,
      BasicCache<String, SingleUseObjectValueEntity> cache) {
    this.session = session;
    this.keycloaks = keycloaks;
    this.cache = cache;
  }

  @Override
  public boolean putIfAbsent(String key, long seconds) {
    if (seconds <= 0 || key.endsWith(REVOKED_KEY)) {
      return keycloaks.putIfAbsent(key, seconds); // which refuses it, or keeps it in the database
    }
    String attempt = NODE + '.' + ATTEMPTS.incrementAndGet();
    SingleUseObjectValueEntity value = new SingleUseObjectValueEntity(Map.of(ATTEMPT, attempt));
    for (int tries = 1; ; tries++) {
      try {
        SingleUseObjectValueEntity first = cache.putIfAbsent(key, value, seconds, TimeUnit.SECONDS);
        return first == null || attempt.equals(first.getNotes().get(ATTEMPT));
      } catch (TimeoutException e) {
        // Somebody holds the key's lock and waits for a node that has just died.
        if (tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  /**
   * A repeated removal would likewise take what somebody else has removed for its own doing, so
   * whoever takes a code marks it first. Other keys come again, and are no proof of anything.
   */
  @Override
  public Map<String, String> remove(String key) {
    if (!CodeTime.isCode(key)) {
      return keycloaks.remove(key);
    }
    Map<String, String> notes = keycloaks.get(key);
    if (notes == null || !putIfAbsent(SPENT + key, LONGEST_WAIT)) {
      return null;
    }
    keycloaks.remove(key);
    CodeTime.keep(session, notes);
    return notes;
  }

  @Override
  public void put(String key, long seconds, Map<String, String> notes) {
    keycloaks.put(key, seconds, CodeTime.isCode(key) ? CodeTime.noted(notes) : notes);
  }

  @Override
  public Map<String, String> get(String key) {
    return keycloaks.get(key);
  }

  @Override
  public boolean replace(String key, Map<String, String> notes) {
    return keycloaks.replace(key, notes);
  }

  @Override
  public boolean contains(String key) {
    return keycloaks.contains(key);
  }

  @Override
  public void close() {
    keycloaks.close();
  }
}
