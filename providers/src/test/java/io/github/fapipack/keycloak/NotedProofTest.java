package io.github.fapipack.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.TokenVerifier;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.representations.dpop.DPoP;
import org.keycloak.services.util.DPoPUtil;

class NotedProofTest {

  private final Set<String> store = new HashSet<>();

  private final SingleUseObjectProvider objects =
      fake(
          SingleUseObjectProvider.class,
          (method, arguments) ->
              switch (method) {
                case "putIfAbsent" -> store.add((String) arguments[0]);
                case "contains" -> store.contains(arguments[0]);
                default -> throw new UnsupportedOperationException(method);
              });

  private final KeycloakSession session =
      fake(
          KeycloakSession.class,
          (method, arguments) -> {
            assertThat(method).isEqualTo("singleUseObjects");
            return objects;
          });

  @Test
  void isWhereKeycloakNotesTheProof() throws Exception {
    URI target = URI.create("https://server.example/realms/one/userinfo");
    DPoP proof = new DPoP();
    proof.id("an-id");
    proof.setHttpUri(target.toString());
    proof.iat((long) Time.currentTime());
    NotedProof noted = NotedProof.of("an-id", target);

    assertThat(noted.isThere(session)).isFalse();
    replayCheck().test(proof);

    assertThat(noted.isThere(session)).isTrue();
    assertThat(store).containsExactly(noted.key());
  }

  /** Keycloak's own, which is private. */
  @SuppressWarnings("unchecked") // the interface that it implements
  private TokenVerifier.Predicate<DPoP> replayCheck() throws ReflectiveOperationException {
    Class<?> type =
        Arrays.stream(DPoPUtil.class.getDeclaredClasses())
            .filter(nested -> nested.getSimpleName().equals("DPoPReplayCheck"))
            .findFirst()
            .orElseThrow();
    Constructor<?> made = type.getDeclaredConstructor(KeycloakSession.class, int.class);
    made.setAccessible(true);
    return (TokenVerifier.Predicate<DPoP>) made.newInstance(session, 60);
  }

  private interface Answer {
    Object to(String method, Object[] arguments);
  }

  private static <T> T fake(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
  }
}
