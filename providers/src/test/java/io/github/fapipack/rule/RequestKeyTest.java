package io.github.fapipack.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;

class RequestKeyTest {
  private static final RequestKey<List<String>> NAMES = new RequestKey<>();
  private static final RequestKey<List<String>> OTHERS = new RequestKey<>();

  private final Map<Object, Object> attributes = new HashMap<>();
  private final KeycloakSession session = session(attributes);

  @Test
  void keepsAValueUntilItIsRemoved() {
    assertThat(NAMES.in(session)).isEmpty();
    assertThat(NAMES.isIn(session)).isFalse();

    NAMES.set(session, List.of("a"));
    assertThat(NAMES.in(session)).contains(List.of("a"));
    assertThat(NAMES.isIn(session)).isTrue();

    NAMES.remove(session);
    assertThat(NAMES.in(session)).isEmpty();
  }

  @Test
  void aValueThatIsNullIsNone() {
    NAMES.set(session, List.of("a"));
    NAMES.set(session, null);

    assertThat(NAMES.isIn(session)).isFalse();
  }

  @Test
  void makesAValueOnce() {
    List<String> made = NAMES.in(session, () -> List.of("a"));

    assertThat(NAMES.in(session, () -> List.of("b"))).isSameAs(made);
  }

  @Test
  void keysOfOneTypeAreDifferentKeys() {
    NAMES.set(session, List.of("a"));

    assertThat(OTHERS.in(session)).isEmpty();
  }

  @Test
  void anotherSessionHasItsOwnState() {
    NAMES.set(session, List.of("a"));

    assertThat(NAMES.in(session(new HashMap<>()))).isEmpty();
  }

  @Test
  void allKeysShareOneAttributeOfTheSession() {
    NAMES.set(session, List.of("a"));
    OTHERS.set(session, List.of("b"));

    assertThat(attributes).hasSize(1);
  }

  private static KeycloakSession session(Map<Object, Object> attributes) {
    return (KeycloakSession)
        Proxy.newProxyInstance(
            RequestKeyTest.class.getClassLoader(),
            new Class<?>[] {KeycloakSession.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "setAttribute" -> attributes.put(arguments[0], arguments[1]);
                  case "getAttribute" -> attributes.get(arguments[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
