package io.github.fapipack.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.resourceserver.Decision;
import io.github.fapipack.resourceserver.Demands;
import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.FapiResourceServerBuilder;
import io.github.fapipack.resourceserver.Granted;
import io.github.fapipack.resourceserver.Refused;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.replay.CaffeineReplayStore;
import io.github.fapipack.resourceserver.request.ApiBody;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.Peer;
import io.github.fapipack.resourceserver.token.ClientAuthentication;
import io.github.fapipack.resourceserver.token.IntrospectionSettings;
import io.github.fapipack.resourceserver.token.JwtSettings;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kit takes the tokens of our realms from whom they belong to, and as long as they are good.
 */
class KitTokensIT {
  private static final URI ADDRESS = URI.create("https://api.example/accounts");

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  @FapiRealm("fapi2-message-signing")
  private static TestRealm signing;

  @ParameterizedTest
  @ValueSource(strings = {"ES256", "PS256", "EdDSA"})
  void takesAJwtFromWhoHasItsKey(String algorithm) {
    FapiClient client = rfc9068().algorithm(algorithm).register();
    Tokens tokens = tokens(client, realm);
    FapiResourceServer api = api(client, realm).build();

    Granted call = granted(api, proven(client, tokens.accessToken()));
    assertThat(call.clientId()).isEqualTo(client.clientId());
    assertThat(call.subject()).contains((String) tokens.accessClaims().get("sub"));
    assertThat(call.scopes()).contains("openid");
    assertRefused(api, Problem.INVALID_TOKEN, bearer(tokens.accessToken()));
  }

  @Test
  void takesAJwtFromWhoHasItsCertificate() {
    ClientCertificate certificate = certificate();
    FapiClient client =
        rfc9068()
            .constraint(SenderConstraint.MTLS)
            .register()
            .but()
            .tls(realm.server().pki(), certificate)
            .build();
    String token = tokens(client, realm).accessToken();
    FapiResourceServer api = api(client, realm).build();

    granted(api, from(certificate, bearer(token)));
    assertRefused(api, Problem.INVALID_TOKEN, from(certificate(), bearer(token)));
    assertRefused(api, Problem.INVALID_TOKEN, bearer(token));
  }

  @Test
  void takesNoTokenOfAnotherKindOrRealm() {
    FapiClient client = TestClient.in(realm).register();
    Tokens tokens = tokens(client, realm);
    FapiResourceServer local = api(client, realm).build();
    FapiResourceServer asking = api(client, realm).introspection(asked(client)).build();

    for (FapiResourceServer api : List.of(local, asking)) {
      assertRefused(api, Problem.INVALID_TOKEN, proven(client, tokens.idToken()));
      assertRefused(api, Problem.INVALID_TOKEN, proven(client, tokens.refreshToken()));
    }
    FapiResourceServer other = api(client, signing).build();
    assertRefused(other, Problem.INVALID_TOKEN, proven(client, tokens.accessToken()));
  }

  @Test
  void seesARevocationIfTheIssuerIsAsked() {
    FapiClient client = TestClient.in(realm).register();
    String token = tokens(client, realm).accessToken();
    FapiResourceServer api = api(client, realm).introspection(asked(client)).build();
    granted(api, proven(client, token));
    client.revoke(token).expect();

    assertRefused(api, Problem.INVALID_TOKEN, proven(client, token));
  }

  @Test
  void asksTheIssuerWithACertificate() {
    ClientCertificate certificate = certificate();
    FapiClient client =
        TestClient.in(realm)
            .auth(ClientAuth.TLS_CLIENT_AUTH)
            .attribute("x509.subjectdn", certificate.subject())
            .register()
            .but()
            .tls(realm.server().pki(), certificate)
            .build();
    String token = tokens(client, realm).accessToken();
    FapiResourceServer api =
        api(client, realm)
            .ssl(realm.server().pki().sslContext(certificate))
            .introspection(
                IntrospectionSettings.by(new ClientAuthentication.Certificate(client.clientId()))
                    .forAllTokens())
            .build();

    granted(api, proven(client, token));
  }

  @Test
  void takesSignedAnswersOfTheIssuer() {
    FapiClient client = TestClient.in(signing).signing().register();
    String token = tokens(client, signing).accessToken();
    FapiResourceServer api = api(client, signing).introspection(asked(client).onlySigned()).build();

    assertThat(granted(api, proven(client, token)).clientId()).isEqualTo(client.clientId());
    client.revoke(token).expect();
    assertRefused(api, Problem.INVALID_TOKEN, proven(client, token));
  }

  @Test
  void getsSignedAnswersFromARealmThatDemandsNone() {
    FapiClient client = TestClient.in(realm).register();
    String token = tokens(client, realm).accessToken();

    granted(
        api(client, realm).introspection(asked(client).onlySigned()).build(),
        proven(client, token));
  }

  @Test
  void takesAPlainJwtOnlyIfThatIsSet() {
    FapiClient client = TestClient.in(realm).register();
    Tokens tokens = tokens(client, realm);
    FapiResourceServer plain =
        api(client, realm).jwtAccessTokens(JwtSettings.defaults().acceptingPlainJwt()).build();

    assertRefused(
        api(client, realm).build(), Problem.INVALID_TOKEN, proven(client, tokens.accessToken()));
    granted(plain, proven(client, tokens.accessToken()));
    assertRefused(plain, Problem.INVALID_TOKEN, proven(client, tokens.idToken()));
    assertRefused(plain, Problem.INVALID_TOKEN, proven(client, tokens.refreshToken()));
  }

  private static FapiResourceServerBuilder api(FapiClient client, TestRealm of) {
    return FapiResourceServer.builder()
        .issuer(of.issuer().toString())
        .resource("https://api.example")
        .audience(client.clientId())
        .ssl(of.server().pki().sslContext(null))
        .replayStore(new CaffeineReplayStore());
  }

  private static IntrospectionSettings asked(FapiClient client) {
    return IntrospectionSettings.by(
            new ClientAuthentication.PrivateKeyJwt(client.clientId(), client.newAssertion().key()))
        .forAllTokens()
        .remembered(Duration.ZERO);
  }

  /** A client whose tokens have the form of RFC 9068. */
  private static TestClient rfc9068() {
    return TestClient.in(realm).attribute("access.token.header.type.rfc9068", "true");
  }

  private static ClientCertificate certificate() {
    return realm.server().pki().clientCa().issue("CN=kit");
  }

  private static Tokens tokens(FapiClient client, TestRealm of) {
    return client.tokens(TestRealm.USERNAME, of.password());
  }

  private static ApiRequest proven(FapiClient client, String token) {
    String proof = client.newProof("GET", ADDRESS).ath(token).sign();
    return request(
        List.of(new HttpField("Authorization", "DPoP " + token), new HttpField("DPoP", proof)),
        Optional.empty());
  }

  private static ApiRequest bearer(String token) {
    return request(List.of(new HttpField("Authorization", "Bearer " + token)), Optional.empty());
  }

  private static ApiRequest from(ClientCertificate certificate, ApiRequest request) {
    return request(request.fields(), Optional.of(certificate));
  }

  private static ApiRequest request(List<HttpField> fields, Optional<ClientCertificate> of) {
    return new ApiRequest(
        "GET",
        ADDRESS.toString(),
        fields,
        ApiBody.NONE,
        new Peer(InetAddress.getLoopbackAddress(), of.map(ClientCertificate::certificate)));
  }

  private static Granted granted(FapiResourceServer api, ApiRequest request) {
    Decision decision = api.check(request, Demands.none());
    assertThat(decision).as("%s", decision).isInstanceOf(Granted.class);
    return (Granted) decision;
  }

  private static void assertRefused(FapiResourceServer api, Problem problem, ApiRequest request) {
    Decision decision = api.check(request, Demands.none());
    assertThat(decision).as("%s", decision).isInstanceOf(Refused.class);
    assertThat(((Refused) decision).problem()).isEqualTo(problem);
  }
}
