package io.github.fapipack.resourceserver.token;

import static io.github.fapipack.resourceserver.token.TokenWorld.assertInvalid;
import static io.github.fapipack.resourceserver.token.TokenWorld.assertUnavailable;
import static io.github.fapipack.resourceserver.token.TokenWorld.introspection;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.testing.AccessTokenDraft;
import io.github.fapipack.resourceserver.testing.Endpoint;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import io.github.fapipack.resourceserver.testing.Trouble;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the issuer tells of tokens, in plain JSON (RFC 7662). */
@Timeout(30)
class IntrospectionTest {
  private final TokenWorld world = new TokenWorld();
  private final TestIssuer issuer = world.issuer;
  private final AccessTokens tokens = world.introspecting(introspection());

  IntrospectionTest() {
    issuer.introspection().signs(false);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void tellsAboutOpaqueTokens() throws RefusedRequest {
    AccessToken token =
        tokens.read(draft().scope("accounts").claim("cnf", Map.of("jkt", "x")).opaque());

    assertThat(token.issuer()).isEqualTo(issuer.issuer());
    assertThat(token.clientId()).isEqualTo("client-1");
    assertThat(token.scopes()).containsExactly("accounts");
    assertThat(token.confirmation()).containsEntry("jkt", "x");
  }

  @Test
  void isNotNeededForJwts() throws RefusedRequest {
    tokens.read(draft().sign());

    assertThat(issuer.fetches(Endpoint.INTROSPECTION)).isZero();
  }

  @Test
  void tellsAboutJwtsTooIfThatIsSet() throws RefusedRequest {
    AccessTokens all =
        world.introspecting(introspection().forAllTokens().remembered(Duration.ZERO));
    String token = draft().sign();
    all.read(token);
    issuer.introspection().revoke(token);

    assertInvalid(all, token);
  }

  @Test
  void isOffWithoutSettings() {
    assertInvalid(world.jwts(), draft().opaque());
    assertThat(issuer.fetches(Endpoint.INTROSPECTION)).isZero();
  }

  @Test
  void tellsThatATokenIsUnknown() {
    assertInvalid(tokens, "unknown");
    assertInvalid(tokens, "%2e%2e/&active=true");
  }

  @Test
  void getsAnAssertionForTheIssuer() throws Exception {
    String token = draft().opaque();
    tokens.read(token);

    Map<String, String> form = issuer.introspection().requests().get(0);
    assertThat(form)
        .containsEntry("token", token)
        .containsEntry("token_type_hint", "access_token")
        .containsEntry(
            "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        .doesNotContainKey("client_id");
    SignedJWT assertion = SignedJWT.parse(form.get("client_assertion"));
    JWTClaimsSet claims = assertion.getJWTClaimsSet();
    assertThat(assertion.verify(new ECDSAVerifier(TokenWorld.API_KEY.toECKey()))).isTrue();
    assertThat(assertion.getHeader().getKeyID()).isEqualTo(TokenWorld.API_KEY.getKeyID());
    assertThat(claims.getIssuer()).isEqualTo("api");
    assertThat(claims.getSubject()).isEqualTo("api");
    assertThat(claims.getAudience()).isEqualTo(List.of(issuer.issuer()));
    assertThat(claims.getJWTID()).isNotEmpty();
    assertThat(claims.getExpirationTime().toInstant())
        .isEqualTo(world.clock.instant().plusSeconds(60));
  }

  @Test
  void getsTheNameOfAClientThatHasACertificate() throws RefusedRequest {
    String there = issuer.issuer() + "/introspect/mtls";
    issuer.describing(
        members -> {
          members.put("mtls_endpoint_aliases", Map.of("introspection_endpoint", there));
          members.put("introspection_endpoint", issuer.issuer() + "/jwks");
          return members;
        });
    AccessTokens overTls = world.overTls(new ClientAuthentication.Certificate("api"));
    overTls.read(draft().opaque());

    assertThat(issuer.introspection().requests().get(0))
        .containsEntry("client_id", "api")
        .doesNotContainKey("client_assertion");
  }

  @Test
  void mayBeAtAnAddressThatIsSet() throws RefusedRequest {
    issuer.trouble(Endpoint.METADATA, Trouble.down());
    URI there = URI.create(issuer.issuer() + "/introspect");
    AccessTokens set = world.introspecting(introspection().endpoint(there));

    assertThat(set.read(draft().opaque())).isNotNull();
  }

  static Stream<Arguments> wrongMembers() {
    return Stream.of(
        Arguments.of("exp", null),
        Arguments.of("exp", "soon"),
        Arguments.of("exp", 1),
        Arguments.of("aud", null),
        Arguments.of("aud", "https://other.example"),
        Arguments.of("aud", 17),
        Arguments.of("iss", "https://other.example"),
        Arguments.of("iss", 17),
        Arguments.of("client_id", null),
        Arguments.of("client_id", List.of()),
        Arguments.of("scope", 17),
        Arguments.of("cnf", "x"),
        Arguments.of("nbf", 32_503_680_000L),
        Arguments.of("authorization_details", "x"),
        Arguments.of("token_type", "refresh_token"),
        Arguments.of("token_type", 17),
        Arguments.of("typ", "ID"),
        Arguments.of("typ", "Refresh"));
  }

  @ParameterizedTest
  @MethodSource("wrongMembers")
  void isNotEnoughIfItTellsSomethingElse(String member, Object valueOrNull) {
    assertInvalid(tokens, draft().claim(member, valueOrNull).opaque());
  }

  @Test
  void mayLackTheIssuerAndNameTheType() throws RefusedRequest {
    String token = draft().claim("iss", null).claim("token_type", "dpop").opaque();

    assertThat(tokens.read(token).issuer()).isEqualTo(issuer.issuer());
  }

  static Stream<Trouble> lies() {
    return Stream.of(
        Trouble.body("application/json", "{}"),
        Trouble.body("application/json", "{\"active\":\"true\"}"),
        Trouble.body("application/json", "{\"active\":null}"),
        Trouble.body("application/json", "{\"active\":1}"),
        Trouble.body("application/json", "[true]"),
        Trouble.body("application/json", ""),
        Trouble.body("text/html", "{\"active\":true}"),
        Trouble.body("application/jwt", "{\"active\":true}"),
        Trouble.body("application/token-introspection+jwt", "{\"active\":true}"),
        Trouble.status(401),
        Trouble.status(204),
        Trouble.down(),
        Trouble.endless(),
        Trouble.redirect("http://127.0.0.1:1/"));
  }

  @ParameterizedTest
  @MethodSource("lies")
  void letsNothingThroughIfItLies(Trouble lie) throws RefusedRequest {
    String token = draft().opaque();
    issuer.trouble(Endpoint.INTROSPECTION, lie);
    assertUnavailable(tokens, token);

    issuer.recover(Endpoint.INTROSPECTION);
    assertThat(tokens.read(token)).isNotNull();
  }

  @Test
  void letsNothingThroughIfTheIssuerHasNone() {
    issuer.describing(
        members -> {
          members.remove("introspection_endpoint");
          return members;
        });

    assertUnavailable(tokens, draft().opaque());
  }

  private AccessTokenDraft draft() {
    return issuer.accessToken();
  }
}
