package io.github.fapipack.resourceserver.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.testing.Endpoint;
import io.github.fapipack.resourceserver.testing.TestClock;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import io.github.fapipack.resourceserver.testing.Trouble;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class IssuerMetadataTest {
  private final TestIssuer issuer = TestIssuer.start("https://api.example");
  private final TestClock clock = new TestClock();

  @AfterEach
  void close() {
    issuer.close();
  }

  @Test
  void tellWhereTheIssuerIsAsked() throws RefusedRequest {
    IssuerDocument document = metadata().get();

    assertThat(document.jwks()).contains(at("/jwks"));
    assertThat(document.introspection()).contains(at("/introspect"));
    assertThat(document.introspectionOverTls()).contains(at("/introspect"));
  }

  @Test
  void tellAnotherAddressForClientsWithCertificates() throws RefusedRequest {
    change("mtls_endpoint_aliases", Map.of("introspection_endpoint", at("/mtls").toString()));

    assertThat(metadata().get().introspectionOverTls()).contains(at("/mtls"));
  }

  @Test
  void areFetchedOnce() throws RefusedRequest {
    IssuerMetadata metadata = metadata();
    metadata.get();
    metadata.get();

    assertThat(issuer.fetches(Endpoint.METADATA)).isEqualTo(1);
  }

  @Test
  void areTakenFromTheOtherPlaceIfTheFirstHasNone() throws RefusedRequest {
    issuer.trouble(
        Endpoint.METADATA,
        exchange -> {
          issuer.recover(Endpoint.METADATA);
          Trouble.status(404).answer(exchange);
        });

    assertThat(metadata().get().jwks()).isPresent();
    assertThat(issuer.fetches(Endpoint.METADATA)).isEqualTo(2);
  }

  @Test
  void ofAnotherIssuerAreRefused() {
    change("issuer", "https://other.example");

    assertUnavailable();
  }

  @Test
  void withAnAddressThatIsNotAllowedAreRefused() {
    change("jwks_uri", "http://169.254.169.254/latest/meta-data");

    assertUnavailable();
  }

  @Test
  void withAnAddressThatIsNoTextAreRefused() {
    change("introspection_endpoint", 17);

    assertUnavailable();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{", "<html>", "{\"issuer\":[[[[", "{}", "\"x\""})
  void thatAreNoneAreRefused(String body) {
    issuer.trouble(Endpoint.METADATA, Trouble.body("application/json", body));

    assertUnavailable();
  }

  @Test
  void areNotFollowedElsewhere() {
    issuer.trouble(Endpoint.METADATA, Trouble.redirect(issuer.issuer() + "/introspect"));

    assertUnavailable();
    assertThat(issuer.fetches(Endpoint.INTROSPECTION)).isZero();
  }

  private void assertUnavailable() {
    assertThatThrownBy(() -> metadata().get())
        .isInstanceOfSatisfying(
            RefusedRequest.class,
            refusal -> {
              assertThat(refusal.problem()).isEqualTo(Problem.UNAVAILABLE);
              assertThat(refusal.retryAfter()).isPresent();
            });
  }

  private void change(String member, Object value) {
    issuer.describing(
        members -> {
          members.put(member, value);
          return members;
        });
  }

  private URI at(String path) {
    return URI.create(issuer.issuer() + path);
  }

  private IssuerMetadata metadata() {
    return new IssuerMetadata(
        IssuerAddress.of(issuer.issuer()),
        new GuardedHttp(Optional.empty(), Duration.ofSeconds(2), 10_000),
        KeepTimes.defaults(),
        clock);
  }
}
