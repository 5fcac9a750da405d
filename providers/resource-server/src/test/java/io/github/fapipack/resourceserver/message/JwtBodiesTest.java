package io.github.fapipack.resourceserver.message;

import static io.github.fapipack.resourceserver.message.Caller.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.testing.Jws;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtBodiesTest {
  private static final HttpField JWT = new HttpField("Content-Type", "application/jwt");
  private static final String ENDPOINT = "https://api.bank.example/payments";

  private final ReplayStore store = Caller.store();
  private final SignedBodies settings =
      SignedBodies.brazil(Caller.KEYS, Organisations.claim("organisation_id"));
  private final SignedBodyCheck check = new SignedBodyCheck(settings, store, Caller.CLOCK);

  @Test
  void theVerifiedClaimsAreTheBody() throws Exception {
    SignedBody body = check.check(signed(claims()), Caller.token()).orElseThrow();
    assertThat(body.claims()).containsEntry("data", Map.of("amount", "10.00"));
    assertThat(body.header()).containsEntry("kid", "rsa-1");
    assertThat(new String(body.payload(), StandardCharsets.UTF_8)).contains("\"amount\":\"10.00\"");
  }

  @Test
  void theMediaTypeMayHaveParametersAndTheAudienceMayBeAnArray() {
    Map<String, Object> claims = claims();
    claims.put("aud", List.of(ENDPOINT));
    HttpField type = new HttpField("content-type", "Application/JWT; charset=utf-8");
    assertThatCode(
            () ->
                check.check(
                    Caller.request("POST", jwt(Caller.RSA, "JWT", claims), type), Caller.token()))
        .doesNotThrowAnyException();
  }

  @Test
  void anUnsignedBodyIsToldHowToSign() throws Exception {
    HttpField json = new HttpField("Content-Type", "application/json");
    RefusedRequest refused =
        refusal(() -> check.check(Caller.request("POST", "{}", json), Caller.token()));
    assertThat(refused.problem()).isEqualTo(Problem.UNSUPPORTED_MEDIA_TYPE);
    assertThat(refused.sentence()).contains("application/jwt");
    assertThat(check.check(Caller.request("GET", ""), Caller.token())).isEmpty();
  }

  @Test
  void aWrongSignatureIsBrazilsBadSignature() {
    RefusedRequest refused =
        refusal(() -> check.check(signed(Caller.STRANGER, "JWT", claims()), Caller.token()));
    assertThat(refused.problem()).isEqualTo(Problem.BAD_SIGNATURE);
    assertThat(refused.problem().status()).isEqualTo(400);
    String jwt = jwt(Caller.RSA, "JWT", claims());
    String altered = jwt.substring(0, jwt.length() - 6) + "AAAAAA";
    refused = refusal(() -> check.check(Caller.request("POST", altered, JWT), Caller.token()));
    assertThat(refused.members().get("errors").toString()).contains("BAD_SIGNATURE");
    assertThat(refused.members()).containsKey("meta");
  }

  @Test
  void anotherAlgorithmThanAllowedIsRefused() {
    ApiRequest withEc = signed(Caller.EC, "JWT", claims());
    assertThat(refusal(() -> check.check(withEc, Caller.token())).sentence()).contains("algorithm");
    SignedBodyCheck both =
        new SignedBodyCheck(
            settings.algorithms(SignatureAlgorithm.PS256, SignatureAlgorithm.ECDSA_P256_SHA256),
            store,
            Caller.CLOCK);
    assertThatCode(() -> both.check(withEc, Caller.token())).doesNotThrowAnyException();
  }

  @Test
  void aKeyOfAnotherTypeUnderTheSameNameDoesNotVerify() {
    String asRsa =
        Jws.sign(Caller.EC, Map.of("typ", "JWT", "alg", "PS256", "kid", "rsa-1"), claims());
    assertThat(
            refusal(() -> check.check(Caller.request("POST", asRsa, JWT), Caller.token()))
                .problem())
        .isEqualTo(Problem.BAD_SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aud", "iss", "iat", "jti"})
  void eachClaimMustBeThere(String claim) {
    Map<String, Object> claims = claims();
    claims.remove(claim);
    assertThat(refusal(() -> check.check(signed(claims), Caller.token())).sentence())
        .contains(claim);
  }

  @Test
  void anotherAudienceIsRefusedAndOurOrganisationCanBeOne() {
    for (Object audience :
        List.of("https://api.bank.example/other", "org-bank", List.of(), 5, ENDPOINT + "/")) {
      Map<String, Object> claims = claims();
      claims.put("aud", audience);
      assertThat(refusal(() -> check.check(signed(claims), Caller.token())).sentence())
          .contains("aud");
    }
    Map<String, Object> claims = claims();
    claims.put("aud", "org-bank");
    SignedBodyCheck named = new SignedBodyCheck(settings.audience("org-bank"), store, Caller.CLOCK);
    assertThatCode(() -> named.check(signed(claims), Caller.token())).doesNotThrowAnyException();
  }

  @Test
  void anotherIssuerIsRefused() {
    Map<String, Object> claims = claims();
    claims.put("iss", "org-2");
    assertThat(refusal(() -> check.check(signed(claims), Caller.token())).sentence())
        .contains("iss");
    SignedBodyCheck unknown =
        new SignedBodyCheck(
            SignedBodies.brazil(Caller.KEYS, Organisations.claim("none")), store, Caller.CLOCK);
    assertThat(refusal(() -> unknown.check(signed(claims()), Caller.token())).sentence())
        .contains("iss");
    Map<String, Object> own = claims();
    own.put("iss", Caller.ID);
    SignedBodyCheck byId =
        new SignedBodyCheck(
            SignedBodies.brazil(Caller.KEYS, Organisations.clientIds()), store, Caller.CLOCK);
    assertThatCode(() -> byId.check(signed(own), Caller.token())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(longs = {-61, -3600, 61, 3600})
  void aTimeOfIssueOutsideOfAMinuteIsRefused(long seconds) {
    Map<String, Object> claims = claims();
    claims.put("iat", Caller.NOW.getEpochSecond() + seconds);
    assertThat(refusal(() -> check.check(signed(claims), Caller.token())).sentence())
        .contains("iat");
  }

  @ParameterizedTest
  @ValueSource(longs = {-60, 0, 60})
  void aTimeOfIssueWithinAMinutePasses(long seconds) {
    Map<String, Object> claims = claims();
    claims.put("iat", Caller.NOW.getEpochSecond() + seconds);
    assertThatCode(() -> check.check(signed(claims), Caller.token())).doesNotThrowAnyException();
  }

  @Test
  void anExpiredBodyIsRefused() {
    Map<String, Object> claims = claims();
    claims.put("exp", Caller.NOW.getEpochSecond());
    assertThat(refusal(() -> check.check(signed(claims), Caller.token())).sentence())
        .contains("expired");
    claims.put("exp", Caller.NOW.getEpochSecond() + 30);
    claims.put("nbf", "soon");
    assertThat(refusal(() -> check.check(signed(claims), Caller.token())).sentence())
        .contains("not valid yet");
  }

  @Test
  void anIdCountsOnceOnAllNodesAndForEachClient() throws Exception {
    Map<String, Object> claims = claims();
    check.check(signed(claims), Caller.token());
    claims.put("jti", ((String) claims.get("jti")).toUpperCase(Locale.ROOT));
    SignedBodyCheck other = new SignedBodyCheck(settings, store, Caller.CLOCK);
    RefusedRequest refused = refusal(() -> other.check(signed(claims), Caller.token()));
    assertThat(refused.problem()).isEqualTo(Problem.USED_AGAIN);
    assertThat(refused.problem().status()).isEqualTo(403);
    SignedBodyCheck without =
        new SignedBodyCheck(settings.once(Duration.ZERO), store, Caller.CLOCK);
    assertThatCode(() -> without.check(signed(claims), Caller.token())).doesNotThrowAnyException();
  }

  @Test
  void anIdIsRememberedAtLeastForAsLongAsItsBodyIsTaken() throws Exception {
    List<Instant> remembered = new ArrayList<>();
    SignedBodyCheck brief =
        new SignedBodyCheck(
            settings.once(Duration.ofSeconds(5)),
            (purpose, key, until) -> remembered.add(until),
            Caller.CLOCK);
    brief.check(signed(claims()), Caller.token());
    assertThat(remembered).containsExactly(Caller.NOW.plusSeconds(121));
  }

  @Test
  void anIdThatIsNoUuidIsRefused() {
    for (Object id : List.of("1", "", 7, UUID.randomUUID() + "x", "zzzzzzzz-0000-0000-0000-0000")) {
      Map<String, Object> claims = claims();
      claims.put("jti", id);
      assertThat(refusal(() -> check.check(signed(claims), Caller.token())).sentence())
          .contains("UUID");
    }
  }

  @Test
  void aBodyThatIsRefusedUsesNoIdUp() throws Exception {
    Map<String, Object> claims = claims();
    claims.put("iss", "org-2");
    assertThat(refusal(() -> check.check(signed(claims), Caller.token())).problem())
        .isEqualTo(Problem.BAD_SIGNATURE);
    claims.put("iss", "org-1");
    assertThat(check.check(signed(claims), Caller.token())).isPresent();
  }

  @Test
  void theHeaderNeedsTypeAndKey() {
    assertThat(
            refusal(() -> check.check(signed(Caller.RSA, "JOSE", claims()), Caller.token()))
                .sentence())
        .contains("typ");
    String noKey =
        Jws.sign(
            new RSAKey.Builder(Caller.RSA.toRSAKey()).keyID(null).build(),
            Map.of("typ", "JWT"),
            claims());
    assertThat(
            refusal(() -> check.check(Caller.request("POST", noKey, JWT), Caller.token()))
                .sentence())
        .contains("kid");
  }

  @Test
  void aStoreThatIsDownLetsNothingThrough() {
    SignedBodyCheck down = new SignedBodyCheck(settings, Caller.DOWN, Caller.CLOCK);
    assertThat(refusal(() -> down.check(signed(claims()), Caller.token())).problem())
        .isEqualTo(Problem.UNAVAILABLE);
  }

  @Test
  void aResponseIsSignedForTheClientsOrganisation() throws Exception {
    BodySigner own = new BodySigner(settings.signing("org-bank", Caller.EC), Caller.CLOCK);
    SignedJWT jwt =
        SignedJWT.parse(own.jwt(Caller.token(), Map.of("data", Map.of("id", 1), "iss", "me")));
    assertThat(jwt.verify(new ECDSAVerifier(Caller.EC.toECKey().toPublicJWK()))).isTrue();
    JWSHeader header = jwt.getHeader();
    assertThat(header.getType().getType()).isEqualTo("JWT");
    assertThat(header.getKeyID()).isEqualTo("ec-1");
    assertThat(jwt.getJWTClaimsSet().getIssuer()).isEqualTo("org-bank");
    assertThat(jwt.getJWTClaimsSet().getAudience()).containsExactly("org-1");
    assertThat(jwt.getJWTClaimsSet().getIssueTime().toInstant()).isEqualTo(Caller.NOW);
    assertThat(UUID.fromString(jwt.getJWTClaimsSet().getJWTID()).version()).isEqualTo(4);
    assertThat(jwt.getJWTClaimsSet().getJSONObjectClaim("data")).containsKey("id");
  }

  private static Map<String, Object> claims() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("aud", ENDPOINT);
    claims.put("iss", "org-1");
    claims.put("iat", Caller.NOW.getEpochSecond());
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("data", Map.of("amount", "10.00"));
    return claims;
  }

  private static String jwt(JWK key, String type, Map<String, Object> claims) {
    return Jws.sign(key, Map.of("typ", type), claims);
  }

  private static ApiRequest signed(Map<String, Object> claims) {
    return signed(Caller.RSA, "JWT", claims);
  }

  private static ApiRequest signed(JWK key, String type, Map<String, Object> claims) {
    return Caller.request("POST", jwt(key, type, claims), JWT);
  }
}
