package io.github.fapipack.resourceserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import io.github.fapipack.httpsig.FapiSignatures;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.httpsig.JcaKeys;
import io.github.fapipack.httpsig.RequestMessage;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.httpsig.SigningKey;
import io.github.fapipack.resourceserver.details.Use;
import io.github.fapipack.resourceserver.message.ClientKeys;
import io.github.fapipack.resourceserver.message.HttpSignatures;
import io.github.fapipack.resourceserver.message.Organisations;
import io.github.fapipack.resourceserver.message.SignedBodies;
import io.github.fapipack.resourceserver.replay.CaffeineReplayStore;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.Peer;
import io.github.fapipack.resourceserver.testing.AccessTokenDraft;
import io.github.fapipack.resourceserver.testing.DpopClient;
import io.github.fapipack.resourceserver.testing.Jws;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that pass through everything: token, proof, demands, signatures, details. */
class WholeCallTest {
  private static final String API = "https://api.bank.example/open";
  private static final String PAYMENTS = API + "/payments";
  private static final String BODY = "{\"amount\":\"10.00\"}";
  private static final JWK CLIENT = TestIssuer.newKey();
  private static final JWK OWN = TestIssuer.newKey();
  private static final Map<String, Object> PAYMENT =
      Map.of(
          "type",
          "payment_initiation",
          "instructedAmount",
          Map.of("amount", "10", "currency", "EUR"));

  private final TestIssuer issuer = TestIssuer.start(API);
  private final ReplayStore store = new CaffeineReplayStore();
  private final ClientKeys keys =
      ClientKeys.of(Map.of("client-1", new JWKSet(CLIENT.toPublicJWK())));

  @AfterEach
  void stop() {
    issuer.close();
  }

  @Test
  void aSignedPaymentPassesAndItsAnswerIsSigned() throws Exception {
    FapiResourceServer api =
        builder().httpSignatures(HttpSignatures.of(keys).requiredFor("POST").signing(OWN)).build();
    String id = UUID.randomUUID().toString();
    ApiRequest request =
        signed(request("POST", BODY, token(), new HttpField("x-fapi-interaction-id", id)));
    Granted call = granted(api.check(request, Demands.scopes("payments")));
    assertThat(call.responseFields()).contains(new HttpField("x-fapi-interaction-id", id));
    Use ten = Use.none().amount("/instructedAmount", "10.00", "EUR");
    assertThat(api.decide(call, call.details().useOnce("payment_initiation", ten))).isSameAs(call);
    Refused again = refused(api.decide(call, call.details().useOnce("payment_initiation", ten)));
    assertThat(again.status()).isEqualTo(403);
    assertThat(api.signsResponses()).isTrue();
    assertThat(api.sign(request, 201, call.responseFields(), new byte[] {1}))
        .extracting(HttpField::name)
        .containsExactly("Content-Digest", "Signature-Input", "Signature");
  }

  @Test
  void anUnsignedPaymentIsToldWhatToSign() {
    FapiResourceServer api = builder().httpSignatures(HttpSignatures.of(keys)).build();
    Refused answer = refused(api.check(request("POST", BODY, token()), Demands.scopes("payments")));
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.responseFields())
        .extracting(HttpField::name)
        .contains("Accept-Signature", "WWW-Authenticate", "x-fapi-interaction-id");
    assertThat(answer.responseFields())
        .anySatisfy(field -> assertThat(field.value()).contains("\"dpop\""));
    assertThat(api.signsResponses()).isFalse();
  }

  @Test
  void whatIsNotCoveredIsSaidAsAnObjectToAskFor() throws Exception {
    FapiResourceServer api = builder().build();
    Granted call = granted(api.check(request("POST", BODY, token()), Demands.none()));
    Use more = Use.none().amount("/instructedAmount", "11", "EUR").member("/creditorName", "Shop");
    Refused answer = refused(api.decide(call, call.details().covers("payment_initiation", more)));
    assertThat(answer.status()).isEqualTo(403);
    Map<String, Object> body = JSONObjectUtils.parse(answer.body());
    assertThat(body).containsEntry("error", "insufficient_authorization_details");
    assertThat(body.get("authorization_details").toString())
        .contains("payment_initiation", "amount=11", "currency=EUR", "creditorName=null")
        .doesNotContain("Shop");
  }

  @Test
  void aMissingScopeAndAWeakLoginAreSaidInTheChallenge() {
    FapiResourceServer api = builder().build();
    Refused noScope = refused(api.check(request("GET", "", token()), Demands.scopes("accounts")));
    assertThat(noScope.status()).isEqualTo(403);
    assertThat(challenge(noScope)).contains("insufficient_scope", "scope=\"accounts\"");
    Demands login = Demands.none().acr("loa3").maxAge(Duration.ofMinutes(5));
    Refused weak = refused(api.check(request("GET", "", token()), login));
    assertThat(weak.status()).isEqualTo(401);
    assertThat(challenge(weak))
        .contains("insufficient_user_authentication", "acr_values=\"loa3\"", "max_age=\"300\"");
    String strong =
        draft().claim("acr", "loa3").claim("auth_time", Instant.now().getEpochSecond() - 10).sign();
    assertThat(api.check(request("GET", "", strong), login)).isInstanceOf(Granted.class);
  }

  @Test
  void theMetadataAreAtTheirPathAndInTheChallenge() throws Exception {
    FapiResourceServer api = builder().metadata(its -> its.scopes("payments")).build();
    String path = "/.well-known/oauth-protected-resource/open";
    Map<String, Object> metadata = JSONObjectUtils.parse(api.metadata(path).orElseThrow());
    assertThat(metadata)
        .containsEntry("resource", API)
        .containsEntry("authorization_servers", List.of(issuer.issuer()))
        .containsEntry("scopes_supported", List.of("payments"));
    assertThat(api.metadata("/open")).isEmpty();
    Refused answer = refused(api.check(request("GET", "", token()), Demands.scopes("x")));
    assertThat(challenge(answer))
        .contains("resource_metadata=\"https://api.bank.example" + path + "\"");
  }

  @Test
  void theKeysOfTheApiArePublishedWhereItSays() throws Exception {
    FapiResourceServer api =
        builder()
            .httpSignatures(HttpSignatures.ofResponses(OWN))
            .publicKeys(URI.create("https://api.bank.example/keys"))
            .build();
    JWKSet keys = JWKSet.parse(api.metadata("/keys").orElseThrow());
    assertThat(keys.getKeys()).containsExactly(OWN.toPublicJWK());
    assertThat(api.metadata("/.well-known/oauth-protected-resource/open").orElseThrow())
        .contains("\"jwks_uri\":\"https://api.bank.example/keys\"", "[\"ES256\"]");
    assertThatThrownBy(() -> builder().publicKeys(URI.create("https://api.example/k")).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("signing key");
  }

  @Test
  void aMissingInteractionIdIsRefusedIfItIsRequired() {
    FapiResourceServer api = builder().interactionIdRequired().build();
    assertThat(refused(api.check(request("GET", "", token()), Demands.none())).status())
        .isEqualTo(400);
    HttpField id = new HttpField("x-fapi-interaction-id", UUID.randomUUID().toString());
    assertThat(api.check(request("GET", "", token(), id), Demands.none()))
        .isInstanceOf(Granted.class);
  }

  @Test
  void aBodyThatIsAJwtIsReadAndAnsweredInKind() throws Exception {
    FapiResourceServer api =
        builder()
            .signedBodies(
                SignedBodies.brazil(keys, Organisations.clientIds())
                    .algorithms(SignatureAlgorithm.ECDSA_P256_SHA256)
                    .signing("org-bank", OWN))
            .build();
    Map<String, Object> claims =
        Map.of(
            "aud", PAYMENTS,
            "iss", "client-1",
            "iat", Instant.now().getEpochSecond(),
            "jti", UUID.randomUUID().toString(),
            "data", Map.of("amount", "10.00"));
    String jwt = Jws.sign(CLIENT, Map.of("typ", "JWT"), claims);
    HttpField type = new HttpField("Content-Type", "application/jwt");
    Granted call = granted(api.check(request("POST", jwt, token(), type), Demands.none()));
    assertThat(call.signedBody().orElseThrow().claims()).containsKey("data");
    SignedJWT answer = SignedJWT.parse(api.signedBody(call, Map.of("data", Map.of("id", "1"))));
    assertThat(answer.getJWTClaimsSet().getAudience()).containsExactly("client-1");
    Refused again = refused(api.check(request("POST", jwt, token(), type), Demands.none()));
    assertThat(again.status()).isEqualTo(403);
    assertThat(api.signsResponses()).isFalse();
  }

  @Test
  void aDetachedSignatureAndAMessageSignatureCanComeTogether() {
    FapiResourceServer api =
        builder()
            .httpSignatures(HttpSignatures.ofResponses(OWN))
            .signedBodies(
                SignedBodies.ukOpenBanking(keys, Organisations.clientIds())
                    .signing("org-bank", OWN))
            .build();
    ApiRequest request = request("GET", "", token());
    assertThat(api.check(request, Demands.none())).isInstanceOf(Granted.class);
    assertThat(api.sign(request, 200, List.of(), BODY.getBytes(StandardCharsets.UTF_8)))
        .extracting(HttpField::name)
        .containsExactly("x-jws-signature", "Content-Digest", "Signature-Input", "Signature");
    assertThat(refused(api.check(request("POST", BODY, token()), Demands.none())).status())
        .isEqualTo(400);
  }

  @Test
  void anApiWithoutKeyForBodiesSaysSo() {
    FapiResourceServer api = builder().build();
    Granted call = granted(api.check(request("GET", "", token()), Demands.none()));
    assertThatThrownBy(() -> api.signedBody(call, Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("signedBodies");
  }

  private FapiResourceServerBuilder builder() {
    return FapiResourceServer.builder().issuer(issuer.issuer()).resource(API).replayStore(store);
  }

  private AccessTokenDraft draft() {
    return issuer
        .accessToken()
        .scope("payments")
        .details(List.of(PAYMENT))
        .claim("grant_id", "g-1")
        .boundTo(CLIENT);
  }

  private String token() {
    return draft().sign();
  }

  private static ApiRequest request(String method, String body, String token, HttpField... more) {
    List<HttpField> fields = new ArrayList<>(List.of(more));
    fields.add(new HttpField("Authorization", "DPoP " + token));
    fields.add(new HttpField("DPoP", new DpopClient(CLIENT).proof(method, PAYMENTS, token)));
    Peer peer = new Peer(InetAddress.getLoopbackAddress(), Optional.empty());
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    return new ApiRequest(method, PAYMENTS, fields, () -> content, peer);
  }

  private static ApiRequest signed(ApiRequest request) throws Exception {
    SigningKey key =
        JcaKeys.signing(
            CLIENT.getKeyID(),
            CLIENT.toECKey().toECPrivateKey(),
            SignatureAlgorithm.ECDSA_P256_SHA256);
    RequestMessage message =
        new RequestMessage(request.method(), request.targetUri(), request.fields());
    return new ApiRequest(
        request.method(),
        request.targetUri(),
        FapiSignatures.at(Clock.systemUTC())
            .signRequest(message, request.body().bytes(), key)
            .fields(),
        request.body(),
        request.peer());
  }

  private static Granted granted(Decision decision) {
    assertThat(decision).isInstanceOf(Granted.class);
    return (Granted) decision;
  }

  private static Refused refused(Decision decision) {
    assertThat(decision).isInstanceOf(Refused.class);
    return (Refused) decision;
  }

  private static String challenge(Refused refused) {
    return refused.responseFields().stream()
        .filter(field -> field.name().equals("WWW-Authenticate"))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
