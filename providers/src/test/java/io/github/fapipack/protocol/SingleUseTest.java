package io.github.fapipack.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.infinispan.commons.TimeoutException;
import org.infinispan.commons.api.BasicCache;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.sessions.infinispan.entities.SingleUseObjectValueEntity;

/** A code is spent by one attempt, whatever becomes of the node that owns it. */
class SingleUseTest {
  private static final String CODE = "code:4711";
  private static final Map<String, String> NOTES = Map.of("id", "4711");

  private final Map<Object, Object> entries = new HashMap<>();
  private final KeycloakSession session = proxy(KeycloakSession.class, (method, given) -> null);

  /** How many of the next writes are done without an answer. */
  private int unanswered;

  /** What another node does just before the next write. */
  private Runnable before = () -> {};

  @Test
  void aCodeIsGivenOnceAndIsGoneForEverybody() {
    entries.put(CODE, new SingleUseObjectValueEntity(NOTES));

    assertThat(store().get(CODE)).isEqualTo(NOTES);
    assertThat(store().remove(CODE)).isEqualTo(NOTES);

    assertThat(store().remove(CODE)).isNull();
    assertThat(store().get(CODE)).isNull();
    assertThat(store().contains(CODE)).isFalse();
    assertThat(store().replace(CODE, NOTES)).isFalse();
  }

  @Test
  void anUnknownCodeIsNotGiven() {
    assertThat(store().remove(CODE)).isNull();
  }

  @Test
  void anAttemptThatWasDoneWithoutAnAnswerIsNotMistakenForAnother() {
    entries.put(CODE, new SingleUseObjectValueEntity(NOTES));
    unanswered = 1;

    assertThat(store().remove(CODE)).isEqualTo(NOTES);
    assertThat(store().remove(CODE)).isNull();
  }

  @Test
  void theCodeIsNotGivenToWhoComesSecond() {
    entries.put(CODE, new SingleUseObjectValueEntity(NOTES));
    SingleUse other = store();
    before =
        () -> {
          before = () -> {};
          assertThat(other.remove(CODE)).isEqualTo(NOTES);
        };

    assertThat(store().remove(CODE)).isNull();
  }

  @Test
  void givesUpIfTheClusterDoesNotAnswer() {
    entries.put(CODE, new SingleUseObjectValueEntity(NOTES));
    unanswered = Integer.MAX_VALUE;

    assertThatThrownBy(() -> store().remove(CODE)).isInstanceOf(TimeoutException.class);
  }

  private SingleUse store() {
    return new SingleUse(session, proxy(SingleUseObjectProvider.class, this::original), cache());
  }

  private Object original(String method, Object[] given) {
    SingleUseObjectValueEntity entry = (SingleUseObjectValueEntity) entries.get(given[0]);
    return switch (method) {
      case "get" -> entry == null ? null : entry.getNotes();
      case "contains" -> entry != null;
      default -> throw new UnsupportedOperationException(method);
    };
  }

  @SuppressWarnings("unchecked")
  private BasicCache<String, SingleUseObjectValueEntity> cache() {
    return proxy(
        BasicCache.class,
        (method, given) ->
            switch (method) {
              case "get" -> entries.get(given[0]);
              case "replace" -> replace(given[0], given[1], given[2]);
              default -> throw new UnsupportedOperationException(method);
            });
  }

  private boolean replace(Object key, Object old, Object replacement) {
    before.run();
    boolean replaced = entries.replace(key, old, replacement);
    if (unanswered > 0) {
      unanswered--;
      throw new TimeoutException("the owner does not answer");
    }
    return replaced;
  }

  private interface Answer {
    Object to(String method, Object[] given);
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, given) -> answer.to(method.getName(), given)));
  }
}
