package io.github.fapipack.resourceserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.resourceserver.fetch.KeepTimes;
import io.github.fapipack.resourceserver.replay.CaffeineReplayStore;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import io.github.fapipack.resourceserver.token.ClientAuthentication;
import io.github.fapipack.resourceserver.token.IntrospectionSettings;
import io.github.fapipack.resourceserver.token.JwtSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FapiResourceServerBuilderTest {

  @Test
  void needsThreeSettings() {
    assertThat(complete().build()).isNotNull();
  }

  @Test
  void fetchesNothingYet() {
    assertThat(complete().issuer("https://nobody.invalid").build()).isNotNull();
  }

  static Stream<Arguments> wrongSettings() {
    ClientAuthentication certificate = new ClientAuthentication.Certificate("api");
    ClientAuthentication jwt = new ClientAuthentication.PrivateKeyJwt("api", TestIssuer.newKey());
    URI open = URI.create("http://as.example/here");
    return Stream.of(
        wrong("issuer", builder -> builder.issuer(null)),
        wrong("issuer", builder -> builder.issuer("")),
        wrong("https", builder -> builder.issuer("http://as.example")),
        wrong("resource", builder -> builder.resource(null)),
        wrong("resource", builder -> builder.resource("accounts")),
        wrong("replayStore", builder -> builder.replayStore(null)),
        wrong("ssl", builder -> builder.introspection(IntrospectionSettings.by(certificate))),
        wrong(
            "https",
            builder -> builder.introspection(IntrospectionSettings.by(jwt).endpoint(open))),
        wrong("https", builder -> builder.jwtAccessTokens(JwtSettings.defaults().jwks(open))));
  }

  private static Arguments wrong(String word, UnaryOperator<FapiResourceServerBuilder> setting) {
    return Arguments.of(word, setting);
  }

  @ParameterizedTest
  @MethodSource("wrongSettings")
  void saysWhatIsMissingOrContradicts(
      String word, UnaryOperator<FapiResourceServerBuilder> setting) {
    FapiResourceServerBuilder builder = setting.apply(complete());

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(word);
  }

  @Test
  void settingsOfJwtsAreChecked() {
    JwtSettings settings = JwtSettings.defaults();

    assertThatThrownBy(() -> settings.algorithms(Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings.futureSkew(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings.memory(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(settings.keys(KeepTimes.defaults().kept(Duration.ofHours(1))).keys().kept())
        .isEqualTo(Duration.ofHours(1));
  }

  @Test
  void settingsOfIntrospectionAreCheckedAndKeepKeysToThemselves() {
    IntrospectionSettings settings =
        IntrospectionSettings.by(
            new ClientAuthentication.PrivateKeyJwt("api", TestIssuer.newKey()));

    assertThat(settings.toString()).doesNotContain("\"d\"");
    assertThat(settings.client().toString()).doesNotContain("\"d\"");
    assertThatThrownBy(() -> settings.remembered(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings.decryptionKey(TestIssuer.newKey().toPublicJWK()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new ClientAuthentication.PrivateKeyJwt("api", TestIssuer.newKey().toPublicJWK()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ClientAuthentication.Certificate(""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static FapiResourceServerBuilder complete() {
    return FapiResourceServer.builder()
        .issuer("https://as.example/realms/bank")
        .resource("https://api.example")
        .replayStore(new CaffeineReplayStore());
  }
}
