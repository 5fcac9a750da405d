package io.github.fapipack.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.keycloak.Reliance.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.keys.PublicKeyStorageUtils;

/** What the pack relies on is there in the Keycloak that it is compiled with. */
class RelianceTest {

  static List<Reliance> all() {
    return Reliance.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void holds(Reliance reliance) throws Exception {
    assertThat(reliance.holds()).isTrue();
    Class<?> type = Class.forName(reliance.type(), false, getClass().getClassLoader());
    if (reliance.kind() == Kind.FIELD) {
      assertThat(type.getDeclaredField(reliance.name())).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TEXT, org.keycloak.services.util.DPoPUtil, words that nobody says",
    "FIELD, org.keycloak.jose.jws.JWSHeader, noSuchField",
    "TYPE, org.keycloak.NoSuchClass, ''"
  })
  void aDifferenceIsSeen(Kind kind, String type, String name) {
    assertThat(new Reliance(kind, type, name).holds()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = JWK.Use.class,
      names = {"SIG", "ENCRYPTION"})
  void keycloakNamesThePlacesOfKeysAsTheyAreRead(JWK.Use use) {
    String place = PublicKeyStorageUtils.getClientModelCacheKey("realm", "client", use);

    assertThat(ClientKeyPlace.isOne(place)).isTrue();
    assertThat(ClientKeyPlace.of(place)).contains(new ClientKeyPlace("client", use));
  }

  @Test
  void keysOfIdentityProvidersAreNoClients() {
    String place = PublicKeyStorageUtils.getIdpModelCacheKey("realm", "provider");

    assertThat(ClientKeyPlace.isOne(place)).isFalse();
    assertThat(ClientKeyPlace.of(place)).isEqualTo(Optional.empty());
  }

  @Test
  void aFailureOfAFormReaderIsKnownByItsStackTrace() {
    Exception inReader = new IllegalArgumentException();
    inReader.setStackTrace(
        new StackTraceElement[] {
          frame("java.net.URLDecoder"),
          frame("org.jboss.resteasy.reactive.server.core.multipart.FormData$Value"),
          frame("org.keycloak.Caller")
        });
    Exception elsewhere = new IllegalArgumentException();
    elsewhere.setStackTrace(
        new StackTraceElement[] {
          frame("java.net.URLDecoder"),
          frame("org.keycloak.Caller"),
          frame("org.jboss.resteasy.reactive.server.core.multipart.FormData")
        });

    assertThat(FormReaders.haveThrown(inReader)).isTrue();
    assertThat(FormReaders.haveThrown(elsewhere)).isFalse();
  }

  private static StackTraceElement frame(String type) {
    return new StackTraceElement(type, "method", "File.java", 1);
  }
}
