package io.github.fapipack.resourceserver.message;

import static io.github.fapipack.resourceserver.message.Caller.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.request.ApiRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DetachedBodiesTest {
  private static final String IAT = "http://openbanking.org.uk/iat";
  private static final String ISS = "http://openbanking.org.uk/iss";
  private static final String TAN = "http://openbanking.org.uk/tan";
  private static final String BODY = "{ \"Data\" : {\"Amount\":\"10.00\"}, \"n\":\"a.b\u00e9\" }\n";

  private final ReplayStore store = Caller.store();
  private final SignedBodies settings =
      SignedBodies.ukOpenBanking(Caller.KEYS, token -> Optional.of("org-1/software-1"));
  private final SignedBodyCheck check = new SignedBodyCheck(settings, store, Caller.CLOCK);

  @Test
  void bothFormsOfTheSignaturePassOverTheExactBytes() throws Exception {
    for (boolean plain : new boolean[] {true, false}) {
      SignedBody body =
          check.check(request(BODY, signature(header(plain), BODY)), Caller.token()).orElseThrow();
      assertThat(body.payload()).isEqualTo(BODY.getBytes(StandardCharsets.UTF_8));
      assertThat(body.header()).containsEntry(TAN, "openbanking.org.uk");
    }
  }

  @Test
  void aSignatureThatNimbusMadeWithoutUsPasses() throws Exception {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.PS256)
            .keyID("rsa-1")
            .base64URLEncodePayload(false)
            .criticalParams(new LinkedHashSet<>(List.of("b64", IAT, ISS, TAN)))
            .customParam(IAT, Caller.NOW.getEpochSecond())
            .customParam(ISS, "org-1/software-1")
            .customParam(TAN, "openbanking.org.uk")
            .build();
    JWSObject jws = new JWSObject(header, new Payload(BODY));
    jws.sign(new RSASSASigner(Caller.RSA.toRSAKey()));
    assertThat(check.check(request(BODY, jws.serialize(true)), Caller.token())).isPresent();
  }

  @Test
  void anotherByteInTheBodyIsRefused() {
    for (boolean plain : new boolean[] {true, false}) {
      String signature = signature(header(plain), BODY);
      RefusedRequest refused =
          refusal(() -> check.check(request(BODY.strip(), signature), Caller.token()));
      assertThat(refused.problem()).isEqualTo(Problem.BAD_SIGNATURE);
      assertThat(refused.members().get("Errors").toString()).contains("UK.OBIE.Signature.Invalid");
    }
  }

  @Test
  void oneFormIsNotTakenForTheOther() {
    Map<String, Object> header = header(true);
    String input = encoded(header) + "." + Base64URL.encode(BODY);
    String signature = encoded(header) + ".." + signed(input.getBytes(StandardCharsets.UTF_8));
    assertThat(refusal(() -> check.check(request(BODY, signature), Caller.token())).problem())
        .isEqualTo(Problem.BAD_SIGNATURE);
  }

  @Test
  void aMissingSignatureIsRefusedForTheNamedMethodsOnly() throws Exception {
    RefusedRequest refused =
        refusal(() -> check.check(Caller.request("POST", BODY), Caller.token()));
    assertThat(refused.problem().status()).isEqualTo(400);
    assertThat(refused.members().get("Errors").toString()).contains("UK.OBIE.Signature.Missing");
    assertThat(check.check(Caller.request("GET", ""), Caller.token())).isEmpty();
    SignedBodyCheck gets = new SignedBodyCheck(settings.requiredFor("GET"), store, Caller.CLOCK);
    assertThat(refusal(() -> gets.check(Caller.request("GET", ""), Caller.token())).problem())
        .isEqualTo(Problem.BAD_SIGNATURE);
  }

  @Test
  void eachParameterMustBeThereAndCritical() {
    for (String name : List.of(IAT, ISS, TAN, "kid", "alg")) {
      Map<String, Object> header = header(false);
      header.remove(name);
      assertRefused(header);
    }
    for (List<String> critical :
        List.<List<String>>of(
            List.of(IAT, ISS),
            List.<String>of(),
            List.of(IAT, ISS, TAN, "b64"),
            List.of(IAT, ISS, TAN, TAN),
            List.of(IAT, ISS, TAN, "exp"))) {
      Map<String, Object> header = header(false);
      header.put("crit", critical);
      assertRefused(header);
    }
    Map<String, Object> notCritical = header(true);
    notCritical.put("crit", List.of(IAT, ISS, TAN));
    assertRefused(notCritical);
  }

  @Test
  void wrongValuesAreRefused() {
    assertRefused(header(true, "b64", true));
    assertRefused(header(true, "b64", "false"));
    assertRefused(header(false, "alg", "RS256"));
    assertRefused(header(false, "alg", "none"));
    assertRefused(header(false, "typ", "JWT"));
    assertRefused(header(false, "cty", "application/xml"));
    assertRefused(header(false, ISS, "org-2/software-1"));
    assertRefused(header(false, TAN, "evil.example"));
    assertRefused(header(false, "kid", "ec-1"));
    assertRefused(header(false, IAT, Caller.NOW.getEpochSecond() - 301));
    assertRefused(header(false, IAT, Caller.NOW.getEpochSecond() + 11));
    assertRefused(header(false, IAT, "now"));
  }

  @Test
  void goodValuesPass() {
    for (Map<String, Object> header :
        List.of(
            header(false, "typ", "JOSE"),
            header(false, "cty", "json"),
            header(true, "cty", "application/json"),
            header(false, IAT, Caller.NOW.getEpochSecond() - 300))) {
      assertThatCode(() -> check.check(request(BODY, signature(header, BODY)), Caller.token()))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void theFieldMayComeOnce() {
    HttpField field = new HttpField("x-jws-signature", signature(header(false), BODY));
    assertThat(
            refusal(() -> check.check(Caller.request("POST", BODY, field, field), Caller.token()))
                .problem())
        .isEqualTo(Problem.INVALID_REQUEST);
  }

  @Test
  void aSignatureMayComeAgainUnlessItIsSaidThatItMayNot() throws Exception {
    ApiRequest request = request(BODY, signature(header(false), BODY));
    check.check(request, Caller.token());
    assertThat(check.check(request, Caller.token())).isPresent();
    SignedBodies strict = settings.once(Duration.ofMinutes(10));
    new SignedBodyCheck(strict, store, Caller.CLOCK).check(request, Caller.token());
    SignedBodyCheck otherNode = new SignedBodyCheck(strict, store, Caller.CLOCK);
    assertThat(refusal(() -> otherNode.check(request, Caller.token())).problem())
        .isEqualTo(Problem.USED_AGAIN);
  }

  @Test
  void anotherDirectoryCanBeTheTrustAnchor() {
    SignedBodyCheck other =
        new SignedBodyCheck(settings.trustAnchor("directory.example"), store, Caller.CLOCK);
    Map<String, Object> header = header(false, TAN, "directory.example");
    assertThatCode(() -> other.check(request(BODY, signature(header, BODY)), Caller.token()))
        .doesNotThrowAnyException();
  }

  @Test
  void theClientCanVerifyOurSignature() throws Exception {
    BodySigner own = new BodySigner(settings.signing("org-bank", Caller.EC), Caller.CLOCK);
    HttpField field = own.detached(BODY.getBytes(StandardCharsets.UTF_8));
    assertThat(field.name()).isEqualTo("x-jws-signature");
    JWSObject jws = JWSObject.parse(field.value(), new Payload(BODY));
    assertThat(
            jws.verify(
                new ECDSAVerifier(Caller.EC.toECKey().toECPublicKey(), Set.of(IAT, ISS, TAN))))
        .isTrue();
    assertThat(jws.getHeader().getCustomParam(ISS)).isEqualTo("org-bank");
    assertThat(jws.getHeader().getCustomParam(TAN)).isEqualTo("openbanking.org.uk");
  }

  private void assertRefused(Map<String, Object> header) {
    RefusedRequest refused =
        refusal(() -> check.check(request(BODY, signature(header, BODY)), Caller.token()));
    assertThat(refused.problem()).describedAs("%s", header).isEqualTo(Problem.BAD_SIGNATURE);
    assertThat(refused.members()).containsKey("Errors");
  }

  private static Map<String, Object> header(boolean plain) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", "PS256");
    header.put("kid", "rsa-1");
    header.put(IAT, Caller.NOW.getEpochSecond());
    header.put(ISS, "org-1/software-1");
    header.put(TAN, "openbanking.org.uk");
    if (plain) {
      header.put("b64", false);
    }
    header.put("crit", plain ? List.of("b64", IAT, ISS, TAN) : List.of(IAT, ISS, TAN));
    return header;
  }

  private static Map<String, Object> header(boolean plain, String name, Object value) {
    Map<String, Object> header = header(plain);
    header.put(name, value);
    return header;
  }

  private static ApiRequest request(String body, String signature) {
    return Caller.request("POST", body, new HttpField("x-jws-signature", signature));
  }

  private static String signature(Map<String, Object> header, String body) {
    String payload = header.containsKey("b64") ? body : Base64URL.encode(body).toString();
    String input = encoded(header) + "." + payload;
    return encoded(header) + ".." + signed(input.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(Map<String, Object> header) {
    return Base64URL.encode(JSONObjectUtils.toJSONString(header)).toString();
  }

  private static Base64URL signed(byte[] input) {
    try {
      return new RSASSASigner(Caller.RSA.toRSAKey()).sign(new JWSHeader(JWSAlgorithm.PS256), input);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
