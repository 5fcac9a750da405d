package io.github.fapipack.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificate requests as somebody hostile would send them. */
class CertificateRequestTest {

  private static void assertRefused(String request, String why) {
    assertThatThrownBy(() -> CertificateRequest.read(request))
        .isInstanceOf(RequestFault.class)
        .hasMessageContaining(why);
  }

  private static String withKey(SubjectPublicKeyInfo key) {
    KeyPair other = Requests.ec("secp256r1");
    PKCS10CertificationRequest signed =
        Requests.signed(Requests.builder(other), other, "SHA256withECDSA");
    CertificationRequestInfo was = signed.toASN1Structure().getCertificationRequestInfo();
    return Requests.pem(
        new PKCS10CertificationRequest(
            new CertificationRequest(
                new CertificationRequestInfo(was.getSubject(), key, was.getAttributes()),
                signed.toASN1Structure().getSignatureAlgorithm(),
                new DERBitString(signed.getSignature()))));
  }

  private static String withRsaKey(BigInteger modulus, BigInteger exponent) {
    try {
      return withKey(
          new SubjectPublicKeyInfo(
              new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption),
              new RSAPublicKey(modulus, exponent)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "secp256r1, SHA256withECDSA",
    "secp384r1, SHA384withECDSA",
    "secp521r1, SHA512withECDSA",
    "secp384r1, SHA256withECDSA"
  })
  void keysOnTheNamedCurvesAreAccepted(String curve, String algorithm) {
    KeyPair keys = Requests.ec(curve);

    RequestedKey key = CertificateRequest.read(Requests.of(keys, algorithm));

    assertThat(key.key()).isEqualTo(keys.getPublic());
    assertThat(key.thumbprint()).isEqualTo(Digests.sha256(keys.getPublic().getEncoded()));
    assertThat(key.isRsa()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA256withRSA", "SHA384withRSA"})
  void rsaKeysAreAccepted(String algorithm) {
    KeyPair keys = Requests.rsa(2048, 65537);

    RequestedKey key = CertificateRequest.read(Requests.of(keys, algorithm));

    assertThat(key.key()).isEqualTo(keys.getPublic());
    assertThat(key.isRsa()).isTrue();
  }

  @Test
  void shortRsaKeysAreRefused() {
    assertRefused(Requests.of(Requests.rsa(1024, 65537), "SHA256withRSA"), "2048 to 4096 bits");
  }

  @Test
  void longRsaKeysAreRefusedBeforeAnythingIsComputed() {
    BigInteger modulus = new BigInteger(8191, new SecureRandom()).setBit(8191).setBit(0);

    assertRefused(withRsaKey(modulus, BigInteger.valueOf(65537)), "2048 to 4096 bits");
  }

  @Test
  void smallExponentsAreRefused() {
    assertRefused(Requests.of(Requests.rsa(2048, 3), "SHA256withRSA"), "exponent");
    BigInteger modulus = modulus();
    assertRefused(withRsaKey(modulus, BigInteger.ONE), "the");
    assertRefused(withRsaKey(modulus, BigInteger.valueOf(65538)), "the");
    assertRefused(withRsaKey(modulus, modulus.subtract(BigInteger.TWO)), "the");
  }

  private static BigInteger modulus() {
    return ((java.security.interfaces.RSAPublicKey) Requests.rsa(2048, 65537).getPublic())
        .getModulus();
  }

  @Test
  void aModulusThatIsPrimeOrHasSmallFactorsIsRefused() {
    assertRefused(
        withRsaKey(BigInteger.probablePrime(2048, new SecureRandom()), BigInteger.valueOf(65537)),
        "not a valid public key");
    assertRefused(
        withRsaKey(
            BigInteger.probablePrime(2046, new SecureRandom()).multiply(BigInteger.valueOf(3)),
            BigInteger.valueOf(65537)),
        "not a valid public key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256k1", "secp224r1", "brainpoolP256r1"})
  void otherCurvesAreRefused(String curve) throws IOException {
    byte[] point = SECNamedCurves.getByName("secp256r1").getG().getEncoded(false);

    assertRefused(
        withKey(
            new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(
                    X9ObjectIdentifiers.id_ecPublicKey,
                    org.bouncycastle.asn1.x9.ECNamedCurveTable.getOID(curve)),
                point)),
        "on the curve P-256");
  }

  @Test
  void pointsThatAreNotOnTheCurveAreRefused() {
    byte[] point = SECNamedCurves.getByName("secp256r1").getG().getEncoded(false);
    point[point.length - 1] ^= 1;

    assertRefused(
        withKey(
            new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(
                    X9ObjectIdentifiers.id_ecPublicKey, X9ObjectIdentifiers.prime256v1),
                point)),
        "not a valid public key");
  }

  @Test
  void parametersOfACurveInsteadOfItsNameAreRefused() {
    byte[] point = SECNamedCurves.getByName("secp256r1").getG().getEncoded(false);

    assertRefused(
        withKey(
            new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(
                    X9ObjectIdentifiers.id_ecPublicKey, SECNamedCurves.getByName("secp256r1")),
                point)),
        "on the curve P-256");
  }

  @Test
  void equalKeysHaveEqualThumbprintsHoweverTheyAreEncoded() throws IOException {
    KeyPair keys = Requests.ec("secp256r1");
    SubjectPublicKeyInfo plain = SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
    byte[] short_ =
        SECNamedCurves.getByName("secp256r1")
            .getCurve()
            .decodePoint(plain.getPublicKeyData().getBytes())
            .getEncoded(true);

    RequestedKey compressed =
        RequestedKey.of(new SubjectPublicKeyInfo(plain.getAlgorithm(), short_));

    assertThat(compressed.thumbprint()).isEqualTo(RequestedKey.of(plain).thumbprint());
  }

  @Test
  void anotherKeysSignatureIsRefused() {
    KeyPair own = Requests.ec("secp256r1");
    KeyPair other = Requests.ec("secp256r1");

    assertRefused(
        Requests.pem(Requests.signed(Requests.builder(own), other, "SHA256withECDSA")),
        "signed with its own key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA1withRSA", "MD5withRSA"})
  void weakHashesAreRefused(String algorithm) {
    assertRefused(Requests.of(Requests.rsa(2048, 65537), algorithm), "signed with its own key");
  }

  @Test
  void aKeyOfAnotherKindThanItsSignatureIsRefused() {
    assertRefused(withRsaKey(modulus(), BigInteger.valueOf(65537)), "signed with its own key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "-----BEGIN CERTIFICATE REQUEST-----\n-----END CERTIFICATE REQUEST-----\n",
        "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
        "-----BEGIN CERTIFICATE REQUEST-----\nMIIB",
        "-----BEGIN CERTIFICATE REQUEST-----\n!!!!\n-----END CERTIFICATE REQUEST-----\n"
      })
  void whatIsNoRequestIsRefused(String text) {
    assertRefused(text, "one PKCS#10 request as PEM");
  }

  @Test
  void nothingIsRefusedToo() {
    assertRefused(null, "one PKCS#10 request as PEM");
  }

  @Test
  void severalRequestsAndOtherThingsAreRefused() {
    assertRefused(Requests.fresh() + Requests.fresh(), "one PKCS#10 request");
    assertRefused(Requests.pem("CERTIFICATE", new byte[100]), "one PKCS#10 request");
    assertRefused(Requests.pem("PRIVATE KEY", new byte[100]), "one PKCS#10 request");
  }

  @Test
  void whatFollowsTheRequestIsRefused() {
    byte[] content =
        Requests.signed(
                Requests.builder(Requests.ec("secp256r1")),
                Requests.ec("secp256r1"),
                "SHA256withECDSA")
            .toASN1Structure()
            .getSignature()
            .getBytes();
    byte[] longer = Arrays.copyOf(content, content.length + 10);

    assertRefused(Requests.pem("CERTIFICATE REQUEST", longer), "one PKCS#10 request");
  }

  @Test
  void hugeRequestsAreRefused() {
    assertRefused(Requests.fresh() + " ".repeat(16 * 1024), "at most 16 kB");
  }

  @Test
  void deepNestingIsRefused() throws IOException {
    byte[] nested = new byte[11_000];
    for (int i = 0; i < nested.length; i += 2) {
      nested[i] = 0x30;
      nested[i + 1] = (byte) 0x80;
    }

    assertRefused(Requests.pem("CERTIFICATE REQUEST", nested), "one PKCS#10 request");
    ASN1EncodableVector innermost = new ASN1EncodableVector();
    DERSequence sequence = new DERSequence(innermost);
    for (int depth = 0; depth < 2_000; depth++) {
      sequence = new DERSequence(sequence);
    }
    assertRefused(
        Requests.pem("CERTIFICATE REQUEST", sequence.getEncoded()), "one PKCS#10 request");
  }
}
