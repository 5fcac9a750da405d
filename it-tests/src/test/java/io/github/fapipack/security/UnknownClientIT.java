package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientAssertion;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Endpoints with client authentication do not disclose which client_ids exist. */
class UnknownClientIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient known;
  private static FapiClient unknown;

  @BeforeAll
  static void registerClient() {
    FapiClient registered = TestClient.in(realm).register();
    ClientKeys strangers = ClientKeys.create();
    known = registered.but().privateKeyJwt(strangers).auth(ClientAuth.PRIVATE_KEY_JWT).build();
    unknown =
        known.but().clientId("client-" + UUID.randomUUID().toString().substring(0, 8)).build();
  }

  private static Stream<Function<FapiClient, FapiRequest<?>>> endpoints() {
    return Stream.of(
        FapiClient::par,
        FapiClient::clientCredentials,
        client -> client.grant("authorization_code").with("code", "x"),
        client -> client.grant("refresh_token").with("refresh_token", "x"),
        client -> client.grant("urn:openid:params:grant-type:ciba").with("auth_req_id", "x"),
        client -> client.introspect("token"),
        client -> client.revoke("token"),
        client -> client.post("backchannel_authentication_endpoint", answer -> answer),
        client ->
            client.par().to(URI.create(client.issuer() + "/protocol/openid-connect/auth/device")));
  }

  static Stream<Named<Consumer<ClientAssertion>>> assertions() {
    JWK rsa = ClientKeys.ps256();
    return Stream.of(
        Named.of("as it should be", a -> {}),
        Named.of("without kid", a -> a.header("kid", null)),
        Named.of("with another kid", a -> a.header("kid", "x")),
        Named.of("PS256", a -> a.key(rsa)),
        Named.of("EdDSA", a -> a.key(ClientKeys.ed25519())),
        Named.of("Ed25519", a -> a.key(ClientKeys.ed25519()).alg("Ed25519")),
        Named.of("RS256", a -> a.key(rsa).alg("RS256")),
        Named.of("none", a -> a.alg("none")),
        Named.of("HS256", a -> a.alg("HS256")),
        Named.of("an unknown algorithm", a -> a.alg("XX")),
        Named.of("wrong audience", a -> a.audience("https://elsewhere.example")),
        Named.of("audiences", a -> a.audiences("https://elsewhere.example")),
        Named.of("no sub", a -> a.without("sub")),
        Named.of("another iss", a -> a.claim("iss", "somebody")),
        Named.of("expired", a -> a.claim("exp", 1)),
        Named.of("exp as text", a -> a.claim("exp", "soon")),
        Named.of("no exp", a -> a.without("exp")),
        Named.of("no jti", a -> a.without("jti")),
        Named.of("wrong typ", a -> a.typ("dpop+jwt")));
  }

  @ParameterizedTest
  @MethodSource("assertions")
  @Rejects(by = "RestrictClientAssertionAlgorithm", value = "RFC7523 3-9")
  @Rejects(by = "RequireAsymmetricClientAuthentication", value = "FAPI2-SP 5.3.2.1-6")
  void saysTheSameOfAnAssertion(Consumer<ClientAssertion> edit) {
    endpoints()
        .forEach(
            endpoint ->
                expectSame(
                    endpoint.apply(known).assertion(edit).send(),
                    endpoint.apply(unknown).assertion(edit).send()));
  }

  @Test
  @Rejects(by = "RestrictClientAssertionAlgorithm", value = "RFC7523 3-9")
  @Rejects(by = "RequireAsymmetricClientAuthentication", value = "FAPI2-SP 5.3.2.1-6")
  void saysTheSameWithoutClientId() {
    endpoints()
        .forEach(
            endpoint ->
                expectSame(
                    endpoint.apply(known).without("client_id").send(),
                    endpoint.apply(unknown).without("client_id").send()));
  }

  @Test
  @Rejects(by = "RequireAsymmetricClientAuthentication", value = "FAPI2-SP 5.3.2.1-6")
  void saysTheSameOfOtherCredentials() {
    for (Map<String, String> credentials :
        List.of(
            Map.<String, String>of(),
            Map.of("client_secret", "guess"),
            Map.of("Authorization", ""),
            Map.of("client_assertion", "a.b.c"),
            Map.of("client_assertion", "a.b.c", "client_assertion_type", ClientAssertion.TYPE),
            Map.of("client_assertion_type", ClientAssertion.TYPE))) {
      endpoints()
          .forEach(
              endpoint ->
                  expectSame(
                      with(endpoint.apply(known), known, credentials).send(),
                      with(endpoint.apply(unknown), unknown, credentials).send()));
    }
  }

  private static FapiRequest<?> with(
      FapiRequest<?> request, FapiClient client, Map<String, String> credentials) {
    request.withoutAuthentication();
    if (credentials.containsKey("Authorization")) {
      String pair = client.clientId() + ":guess";
      return request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
    request.with("client_id", client.clientId());
    credentials.forEach(request::with);
    return request;
  }

  @Test
  @Rejects(by = "RequireTrustedClientCertificate", value = "RFC8705 2-1")
  void saysTheSameOfACertificate() {
    FapiClient registered = TestClient.in(realm).auth(ClientAuth.TLS_CLIENT_AUTH).register();
    FapiClient other = TestClient.in(realm).auth(ClientAuth.TLS_CLIENT_AUTH).register();
    FapiClient stranger = other.but().clientId(registered.clientId()).build();
    FapiClient nobody = other.but().clientId("nobody").build();

    endpoints()
        .forEach(
            endpoint -> expectSame(endpoint.apply(stranger).send(), endpoint.apply(nobody).send()));
  }

  @Test
  @Accepts(by = "RestrictClientAssertionAlgorithm", value = "RFC7523 3-9")
  @Accepts(by = "RequireAsymmetricClientAuthentication", value = "FAPI2-SP 5.3.2.1-6")
  void stillHelpsAClientThatIsKnown() {
    FapiClient client = TestClient.in(realm).register();

    assertThat(client.par().assertion(a -> a.audience("x")).send().errorDescription())
        .contains("aud of client_assertion");
    assertThat(client.par().assertion(a -> a.claim("exp", 1)).send().errorDescription())
        .contains("exp has passed");
    assertThat(client.par().assertion(a -> a.key(ClientKeys.es256())).send().errorDescription())
        .contains("a key that the client has registered");
    client.par().expect();
  }

  private static void expectSame(HttpExchange one, HttpExchange other) {
    assertThat(other.status()).as("%s\n%s", one, other).isEqualTo(one.status());
    assertThat(one.status()).isBetween(400, 401);
    assertThat(other.body()).isEqualTo(one.body());
    assertThat(other.headers().get("WWW-Authenticate"))
        .isEqualTo(one.headers().get("WWW-Authenticate"));
  }
}
