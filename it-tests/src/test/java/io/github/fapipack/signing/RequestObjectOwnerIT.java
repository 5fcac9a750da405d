package io.github.fapipack.signing;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.DpopProof;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.RequestObject;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.text.ParseException;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The owner of a request object, its single use, and its encryption. */
class RequestObjectOwnerIT {
  private static final String INVALID = "invalid_request_object";

  @FapiRealm("fapi2-message-signing")
  private static TestRealm realm;

  private static FapiClient old;

  @BeforeAll
  static void registerClient() {
    old = client(ClientOrigin.BEFORE_POLICY);
  }

  private static FapiClient client(ClientOrigin origin) {
    return TestClient.in(realm).made(origin).signing().register();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(
      by = "RejectReplayedRequestObject",
      value = {"RFC9101 10.2-1", "FAPI2-MS 5.3.1-1"})
  void rejectsAReplay(ClientOrigin origin) {
    FapiClient client = client(origin);
    String jti = UUID.randomUUID().toString();

    client.par().requestObject(object -> object.jti(jti)).expect();

    client.par().requestObject(object -> object.jti(jti)).expectError(400, INVALID);
    String same = sent(client.par().requestObject(object -> object.jti(null)).expect());
    client.par().beside("request", same).expectError(400, INVALID);
  }

  @Test
  @Accepts(by = "RejectReplayedRequestObject", value = "RFC9101 10.2-1")
  void spendsNothingWhileARequestIsRefused() {
    String jti = UUID.randomUUID().toString();
    Consumer<RequestObject> edit = object -> object.jti(jti);

    old.par().requestObject(edit).without("code_challenge").expectError("invalid_request");
    old.par().requestObject(edit).with("scope", "nonsense").expectError(400, "invalid_scope");
    old.par().requestObject(edit).expect();
    client(ClientOrigin.AFTER_POLICY).par().requestObject(edit).expect();
  }

  @Test
  @Accepts(by = "RejectReplayedRequestObject", value = "RFC9101 10.2-1")
  @Accepts(by = "RequireDpopNonce", value = "RFC9449 8-1")
  void spendsNothingWhenANonceIsDemanded() {
    try (TestRealm strict = TestRealm.create("fapi2-message-signing")) {
      strict.configure("fapi2-require-dpop-nonce", Map.of("required", "true"));
      FapiClient client = TestClient.in(strict).signing().register();

      HttpExchange challenge = client.par().ignoringNonces().expectError(400, "use_dpop_nonce");
      String same = challenge.sentForm().get("request").orElseThrow();
      client
          .par()
          .beside("request", same)
          .proof(proof -> proof.nonce("made-up"))
          .ignoringNonces()
          .expectError(400, "use_dpop_nonce");
      Consumer<DpopProof> answer = proof -> proof.nonce(challenge.header("DPoP-Nonce"));
      client.par().beside("request", same).proof(answer).expect();

      client.par().beside("request", same).proof(answer).expectError(400, INVALID);
    }
  }

  @Test
  @Rejects(by = "RequireRequestObjectIssuer", value = "RFC9126 3-3")
  void rejectsTheRequestObjectOfAnotherClient() {
    String others = sent(client(ClientOrigin.AFTER_POLICY).par().expect());

    old.par().beside("request", others).expectError(400, INVALID);
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "RequireSignedRequestObject", value = "FAPI2-MS 5.3.1-1")
  @Accepts("RFC9101 6.1-1")
  void acceptsAnEncryptedRequest(ClientOrigin origin) {
    FapiClient client = client(origin);
    JWK recipient = encryptionKey(client);
    Pushed pushed = client.par().requestObject(o -> o.encryptedFor(recipient)).expect();

    client
        .token(client.visit(pushed).as(TestRealm.USERNAME, realm.password()).expectCode())
        .expect();
  }

  @Test
  @Rejects(
      by = "RequireSignedRequestObject",
      value = {"FAPI2-MS 5.3.1-1", "RFC9101 5-7"})
  @Rejects("RFC9101 6.1-1")
  void rejectsAnEncryptedRequestThatIsNotSignedWell() {
    JWK recipient = encryptionKey(old);

    old.par().requestObject(o -> o.encryptedUnsignedFor(recipient)).expectError(400, INVALID);
    old.par().requestObject(o -> o.alg("none").encryptedFor(recipient)).expectError(400, INVALID);
    old.par()
        .requestObject(o -> o.without("aud").encryptedFor(recipient))
        .expectError(400, INVALID);
    old.par().requestObject(o -> o.encryptedFor(ClientKeys.ps256())).expectError(400, INVALID);
  }

  @Test
  @Rejects(by = "RejectWeakKeys", value = "FAPI2-SP 5.4.1-2")
  @Rejects(by = "RequireSignedRequestObject", value = "FAPI2-MS 5.3.1-1")
  void rejectsAWeakKey() {
    ClientKeys keys = ClientKeys.of(ClientKeys.es256(), ClientKeys.rsa(1024));
    FapiClient client =
        TestClient.in(realm)
            .made(ClientOrigin.IMPORTED)
            .attribute("jwks.string", keys.publicJwks())
            .signing()
            .register()
            .but()
            .privateKeyJwt(keys)
            .build();

    client.par().expect();
    client.par().requestObject(o -> o.key(keys.forAlgorithm("PS256"))).expectError(400, INVALID);
  }

  @Test
  @Rejects(by = "RequireSignedRequestObject", value = "FAPI2-MS 5.3.1-1")
  @Rejects(by = "RequirePushedAuthorizationRequest", value = "RFC9126 2.2-3")
  void rejectsAnotherClientsSignedRequestUri() {
    Pushed pushed = client(ClientOrigin.AFTER_POLICY).par().expect();

    old.visit(pushed).as(TestRealm.USERNAME, realm.password()).expectErrorPage();
  }

  private static String sent(Pushed pushed) {
    return pushed.exchange().sentForm().get("request").orElseThrow();
  }

  private static JWK encryptionKey(FapiClient client) {
    try {
      return JWKSet.parse(client.serverKeys()).getKeys().stream()
          .filter(key -> "enc".equals(String.valueOf(key.getKeyUse())))
          .findFirst()
          .orElseThrow();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }
}
