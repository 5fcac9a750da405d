package io.github.fapipack.httpsig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.httpsig.HttpSignatureException.Reason;
import io.github.fapipack.httpsig.structured.FieldType;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys, algorithms, time, tags and nonces (RFC 9421 3.2). */
class MessageVerifierTest {
  private static final SignatureInput METHOD =
      SignatureInput.covering(List.of(Component.of("@method")));

  @ParameterizedTest
  @EnumSource
  void verifiesWhatItSigned(SignatureAlgorithm algorithm) throws Exception {
    RequestMessage signed = sign(algorithm, METHOD.withCreated(Rfc9421.CREATED));
    Rfc9421.verify(signed, TestKeys.verifying(algorithm));
  }

  @Test
  void namesTheAlgorithmsOfJose() {
    assertThat(SignatureAlgorithm.ofJose("ES256")).contains(SignatureAlgorithm.ECDSA_P256_SHA256);
    assertThat(SignatureAlgorithm.ofJose("PS256")).contains(SignatureAlgorithm.PS256);
    assertThat(SignatureAlgorithm.ofJose("EdDSA")).contains(SignatureAlgorithm.ED25519);
    assertThat(SignatureAlgorithm.ofJose("Ed25519")).contains(SignatureAlgorithm.ED25519);
    assertThat(List.of("none", "RS256", "HS256", "rsa-pss-sha512", ""))
        .allMatch(name -> SignatureAlgorithm.ofJose(name).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "ECDSA_P256_SHA256, ed25519",
    "ECDSA_P256_SHA256, ES256",
    "ED25519, hmac-sha256",
    "RSA_PSS_SHA512, rsa-v1_5-sha256",
    "PS256, PS256",
    "PS256, rsa-pss-sha512"
  })
  void refusesAnotherAlgorithmThanThatOfTheKey(SignatureAlgorithm algorithm, String alg)
      throws Exception {
    RequestMessage signed = sign(algorithm, METHOD.withCreated(Rfc9421.CREATED).withAlgorithm(alg));
    assertReason(
        () -> Rfc9421.verify(signed, TestKeys.verifying(algorithm)), Reason.WRONG_ALGORITHM);
  }

  @Test
  void takesTheAlgorithmOfTheKeyByItsName() throws Exception {
    RequestMessage signed =
        sign(
            SignatureAlgorithm.ED25519,
            METHOD.withCreated(Rfc9421.CREATED).withAlgorithm("ed25519"));
    Rfc9421.verify(signed, TestKeys.verifying(SignatureAlgorithm.ED25519));
  }

  @Test
  void tellsPs256FromRsaPssSha512() throws Exception {
    RequestMessage signed = sign(SignatureAlgorithm.PS256, METHOD.withCreated(Rfc9421.CREATED));
    assertReason(
        () -> Rfc9421.verify(signed, TestKeys.verifying(SignatureAlgorithm.RSA_PSS_SHA512)),
        Reason.MISMATCH);
  }

  @Test
  void refusesAnEcdsaSignatureInDer() throws Exception {
    SignatureInput input = METHOD.withCreated(Rfc9421.CREATED);
    Signature der = Signature.getInstance("SHA256withECDSA");
    der.initSign(TestKeys.eccPrivate());
    der.update(SignatureBase.bytes(Rfc9421.REQUEST, input, FieldTypes.REGISTERED));
    RequestMessage signed = Rfc9421.REQUEST.with(SignatureHeaders.fields("s", input, der.sign()));
    assertReason(
        () -> Rfc9421.verify(signed, TestKeys.verifying(SignatureAlgorithm.ECDSA_P256_SHA256)),
        Reason.MISMATCH);
  }

  @Test
  void refusesAnotherKeyAndAnUnknownOne() throws Exception {
    RequestMessage signed = sign(SignatureAlgorithm.ED25519, METHOD.withCreated(Rfc9421.CREATED));
    VerifyingKey other =
        JcaKeys.verifying(
            KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic(),
            SignatureAlgorithm.ED25519);
    assertReason(() -> Rfc9421.verify(signed, other), Reason.MISMATCH);
    MessageVerifier trustsNobody = new MessageVerifier(Rfc9421.policy(), input -> Optional.empty());
    assertReason(() -> trustsNobody.verify(signed), Reason.UNKNOWN_KEY);
  }

  @Test
  void refusesKeysThatDoNotSuitTheirAlgorithm() throws Exception {
    KeyPairGenerator p384 = KeyPairGenerator.getInstance("EC");
    p384.initialize(new ECGenParameterSpec("secp384r1"));
    KeyPairGenerator shortRsa = KeyPairGenerator.getInstance("RSA");
    shortRsa.initialize(1024);
    assertUnsuitable(p384.generateKeyPair(), SignatureAlgorithm.ECDSA_P256_SHA256);
    assertUnsuitable(shortRsa.generateKeyPair(), SignatureAlgorithm.PS256);
    assertUnsuitable(p384.generateKeyPair(), SignatureAlgorithm.ED25519);
    KeyPairGenerator slowRsa = KeyPairGenerator.getInstance("RSA");
    BigInteger exponent = BigInteger.ONE.shiftLeft(100).add(BigInteger.ONE);
    slowRsa.initialize(new RSAKeyGenParameterSpec(2048, exponent));
    PublicKey slow = slowRsa.generateKeyPair().getPublic();
    assertReason(() -> JcaKeys.verifying(slow, SignatureAlgorithm.PS256), Reason.UNSUITABLE_KEY);
    assertUnsuitable(
        KeyPairGenerator.getInstance("Ed448").generateKeyPair(), SignatureAlgorithm.ED25519);
  }

  @ParameterizedTest
  @CsvSource({"0,true", "60,true", "61,false", "-10,true", "-11,false", "-999999999999,false"})
  void holdsTheWindow(long age, boolean good) throws Exception {
    RequestMessage signed =
        sign(SignatureAlgorithm.ED25519, METHOD.withCreated(Rfc9421.CREATED.minusSeconds(age)));
    VerifyingKey key = TestKeys.verifying(SignatureAlgorithm.ED25519);
    if (good) {
      Rfc9421.verify(signed, key);
    } else {
      assertReason(() -> Rfc9421.verify(signed, key), Reason.OUT_OF_TIME);
    }
  }

  @Test
  void honoursExpiresAndAnotherWindow() throws Exception {
    SignatureInput old = METHOD.withCreated(Rfc9421.CREATED.minusSeconds(90));
    VerifyingKey key = TestKeys.verifying(SignatureAlgorithm.ED25519);
    VerificationPolicy wide = Rfc9421.policy().withWindow(Duration.ofMinutes(2), Duration.ZERO);
    MessageVerifier verifier = new MessageVerifier(wide, input -> Optional.of(key));
    verifier.verify(sign(SignatureAlgorithm.ED25519, old));
    verifier.verify(
        sign(SignatureAlgorithm.ED25519, old.withExpires(Rfc9421.CREATED.plusSeconds(1))));
    RequestMessage expired = sign(SignatureAlgorithm.ED25519, old.withExpires(Rfc9421.CREATED));
    assertReason(() -> verifier.verify(expired), Reason.OUT_OF_TIME);
  }

  @Test
  void asksForTheNonceOnlyOfAGoodSignature() throws Exception {
    Set<String> seen = new HashSet<>();
    VerifyingKey key = TestKeys.verifying(SignatureAlgorithm.ED25519);
    VerificationPolicy policy =
        Rfc9421.policy().withNonces(input -> input.nonce().filter(seen::add).isPresent());
    MessageVerifier verifier = new MessageVerifier(policy, input -> Optional.of(key));
    SignatureInput input = METHOD.withCreated(Rfc9421.CREATED);
    RequestMessage signed = sign(SignatureAlgorithm.ED25519, input.withNonce("n"));
    RequestMessage changed = new RequestMessage("PUT", signed.targetUri(), signed.fields());
    assertReason(() -> verifier.verify(changed), Reason.MISMATCH);
    verifier.verify(signed);
    assertReason(() -> verifier.verify(signed), Reason.NONCE_REFUSED);
    RequestMessage without = sign(SignatureAlgorithm.ED25519, input);
    assertReason(() -> verifier.verify(without), Reason.NONCE_REFUSED);
  }

  @Test
  void refusesToChooseBetweenSignatures() throws Exception {
    MessageSigner signer = new MessageSigner(TestKeys.signing(SignatureAlgorithm.ED25519));
    SignatureInput input = METHOD.withCreated(Rfc9421.CREATED).withTag("t");
    RequestMessage one = Rfc9421.REQUEST.with(signer.sign(Rfc9421.REQUEST, "a", input));
    RequestMessage two = one.with(signer.sign(one, "b", input));
    VerifyingKey key = TestKeys.verifying(SignatureAlgorithm.ED25519);
    assertReason(() -> Rfc9421.verify(two, key), Reason.WRONG_PARAMETER);
    MessageVerifier tagged =
        new MessageVerifier(Rfc9421.policy().withTag("t"), any -> Optional.of(key));
    assertReason(() -> tagged.verify(two), Reason.WRONG_PARAMETER);
    MessageVerifier labelled =
        new MessageVerifier(tagged.policy().withLabel("b"), any -> Optional.of(key));
    assertThat(labelled.verify(two).label()).isEqualTo("b");
    assertThatThrownBy(() -> signer.sign(two, "a", input))
        .hasMessage("signature a: the message already has a signature of this label");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "\"authorization\" | \"authorization\" | true",
        "\"authorization\";bs | \"authorization\" | true",
        "\"content-digest\";sf | \"content-digest\" | true",
        "\"content-digest\";key=\"sha-256\" | \"content-digest\" | false",
        "\"content-digest\";req | \"content-digest\" | false",
        "\"content-digest\" | \"content-digest\";req | false",
        "\"content-digest\";req;sf | \"content-digest\";req | true"
      })
  void knowsWhatCoversAField(String covered, String wanted, boolean covers) throws Exception {
    assertThat(component(covered).covers(component(wanted))).isEqualTo(covers);
  }

  private static Component component(String identifier) throws Exception {
    return Component.from(FieldType.parseItem(identifier));
  }

  private static RequestMessage sign(SignatureAlgorithm algorithm, SignatureInput input)
      throws Exception {
    MessageSigner signer = new MessageSigner(TestKeys.signing(algorithm));
    return Rfc9421.REQUEST.with(signer.sign(Rfc9421.REQUEST, "s", input));
  }

  private static void assertUnsuitable(KeyPair pair, SignatureAlgorithm algorithm) {
    assertReason(() -> JcaKeys.verifying(pair.getPublic(), algorithm), Reason.UNSUITABLE_KEY);
    assertReason(() -> JcaKeys.signing("k", pair.getPrivate(), algorithm), Reason.UNSUITABLE_KEY);
  }

  private static void assertReason(ThrowingCallable call, Reason reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HttpSignatureException.class,
            failure -> assertThat(failure.reason()).isEqualTo(reason));
  }
}
