package io.github.fapipack.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.jose.AllowedAlgorithms;
import io.github.fapipack.rule.Refusal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DpopProofTest {

  private static final AllowedAlgorithms ALGORITHMS = new AllowedAlgorithms(Algorithms.ALLOWED);

  /** The proof of RFC 9449 4.1. */
  private static final String PUBLISHED =
      "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0V"
          + "jNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG1"
          + "0NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRt"
          + "IjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNj"
          + "E2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZ"
          + "T3Lg";

  private static final String EC_KEY =
      "{'kty':'EC','crv':'P-256','x':'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs',"
          + "'y':'9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA'}";
  private static final String HEAD = "{'typ':'dpop+jwt','alg':'ES256','jwk':" + EC_KEY + "}";
  private static final String CLAIMS =
      "{'jti':'a','htm':'POST','htu':'https://as.example/token','iat':1700000000}";

  @Test
  void readsTheProofOfTheSpecification() throws Refusal {
    DpopProof proof = DpopProof.parse(PUBLISHED);

    assertThat(proof.algorithm()).isEqualTo("ES256");
    assertThat(proof.id()).isEqualTo("-BwC3ESc6acc2lTc");
    assertThat(proof.method()).isEqualTo("POST");
    assertThat(proof.target()).hasToString("https://server.example.com/token");
    assertThat(proof.issuedAt()).isEqualTo(1562262616L);
    assertThat(proof.nonce()).isEmpty();
    assertThat(proof.accessTokenHash()).isEmpty();
    assertThat(proof.thumbprint()).isEqualTo("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
    proof.requireAllowedKey(ALGORITHMS);
  }

  @Test
  void readsNonceAndAccessTokenHash() throws Refusal {
    DpopProof proof = DpopProof.parse(proof(HEAD, CLAIMS.replace("}", ",'nonce':'n','ath':'h'}")));

    assertThat(proof.nonce()).contains("n");
    assertThat(proof.accessTokenHash()).contains("h");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a",
        "a.b",
        "a.b.c",
        "a.b.c.d",
        "..",
        "e30.e30.",
        "bnVsbA.bnVsbA.c",
        "W10.W10.c"
      })
  void refusesWhatIsNoJwt(String header) {
    refuses(header);
  }

  @Test
  void refusesTwoProofsInOneHeader() {
    refuses(PUBLISHED + ", " + PUBLISHED);
  }

  @Test
  void refusesAHugeProof() {
    refuses(proof(HEAD, CLAIMS.replace("'a'", "'" + "a".repeat(9000) + "'")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'dpop+jwt' | 'JWT'",
        "'typ':'dpop+jwt', | ''",
        "'dpop+jwt' | null",
        "'ES256' | 1",
        "'alg':'ES256', | ''",
        "'kty' | 'd':'secret','kty'",
        "'kty' | 'k':'secret','kty'",
        "'typ' | 'crit':['b64'],'typ'",
        "'alg' | 'alg':'PS256','alg'",
      })
  void refusesABadHeader(String what, String by) {
    refuses(proof(HEAD.replace(what, "''".equals(by) ? "" : by), CLAIMS));
  }

  @Test
  void refusesAHeaderWithoutKey() {
    refuses(proof("{'typ':'dpop+jwt','alg':'ES256'}", CLAIMS));
    refuses(proof("{'typ':'dpop+jwt','alg':'ES256','jwk':'key'}", CLAIMS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'jti':'a', | ''",
        "'a' | 5",
        "'a' | ''''",
        "'htm':'POST', | ''",
        "'POST' | []",
        "'htu':'https://as.example/token', | ''",
        "https://as.example/token | /token",
        "https://as.example/token | https://as.example/<>",
        ",'iat':1700000000 | ''",
        "1700000000 | '1700000000'",
        "1700000000 | 1e99",
        "'jti' | 'nonce':'a\\u0000','jti'",
        "'jti' | 'nonce':'','jti'",
        "'jti' | 'nonce':7,'jti'",
        "'jti' | 'ath':{},'jti'",
        "'jti' | 'jti':'b','jti'",
      })
  void refusesBadClaims(String what, String by) {
    refuses(proof(HEAD, CLAIMS.replace(what, "''".equals(by) ? "" : by)));
  }

  @Test
  void refusesALongId() {
    refuses(proof(HEAD, CLAIMS.replace("'a'", "'" + "a".repeat(257) + "'")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "ES384", "PS512", "HS256", "none"})
  void refusesOtherAlgorithms(String algorithm) throws Refusal {
    DpopProof proof = DpopProof.parse(proof(HEAD.replace("ES256", algorithm), CLAIMS));
    refusesKey(proof);
  }

  @Test
  void refusesShortRsaKeysAndTakesLongOnes() throws Refusal {
    refusesKey(DpopProof.parse(proof(rsa(1024), CLAIMS)));
    refusesKey(DpopProof.parse(proof(rsa(2047), CLAIMS)));
    DpopProof.parse(proof(rsa(2048), CLAIMS)).requireAllowedKey(ALGORITHMS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P-384", "secp256k1", ""})
  void refusesOtherCurves(String curve) throws Refusal {
    refusesKey(DpopProof.parse(proof(HEAD.replace("P-256", curve), CLAIMS)));
  }

  @Test
  void refusesAKeyOfAnotherType() throws Refusal {
    refusesKey(DpopProof.parse(proof(HEAD.replace("ES256", "PS256"), CLAIMS)));
    refusesKey(DpopProof.parse(proof(HEAD.replace("ES256", "EdDSA"), CLAIMS)));
  }

  @Test
  void refusesToNameAnIncompleteKey() throws Refusal {
    DpopProof proof =
        DpopProof.parse(proof("{'typ':'dpop+jwt','alg':'ES256','jwk':{'kty':'?'}}", CLAIMS));
    assertThatThrownBy(proof::thumbprint).isInstanceOf(Refusal.class);
  }

  /** Whatever else a key has in it, a resource compares the thumbprint before the signature. */
  @ParameterizedTest
  @ValueSource(strings = {"'kid':{}", "'use':[1]", "'x5c':7", "'kid':'a','alg':{'a':1}"})
  void namesAKeyByItsOwnMembersAlone(String others) throws Refusal {
    DpopProof plain = DpopProof.parse(proof(HEAD, CLAIMS));
    DpopProof proof = DpopProof.parse(proof(HEAD.replace("'kty'", others + ",'kty'"), CLAIMS));

    assertThat(proof.thumbprint()).isEqualTo(plain.thumbprint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "{}", "[]", "null", "true", "''", "'a b'"})
  void refusesAKeyWhoseMembersAreNoText(String x) throws Refusal {
    DpopProof proof = DpopProof.parse(proof(HEAD.replaceFirst("'x':'[^']*'", "'x':" + x), CLAIMS));

    assertThatThrownBy(proof::thumbprint).isInstanceOf(Refusal.class);
    refusesKey(proof);
  }

  @Test
  void refusesAnRsaKeyWithoutModulus() throws Refusal {
    refusesKey(DpopProof.parse(proof(rsa(2048).replaceFirst("'n':'[^']*'", "'n':''"), CLAIMS)));
  }

  @Test
  void knowsItsTarget() throws Refusal {
    DpopProof proof = DpopProof.parse(proof(HEAD, CLAIMS));

    proof.requireTarget("POST", URI.create("https://as.example/token?a=b"));
    proof.requireTarget("POST", URI.create("https://AS.example:443/token"));
    assertThatThrownBy(() -> proof.requireTarget("GET", proof.target()))
        .isInstanceOf(Refusal.class);
    for (String other :
        List.of(
            "http://as.example/token",
            "https://as.example:8443/token",
            "https://as.example/Token",
            "https://rs.example/token")) {
      assertThatThrownBy(() -> proof.requireTarget("POST", URI.create(other)))
          .isInstanceOf(Refusal.class);
    }
  }

  @Test
  void knowsItsAge() throws Refusal {
    DpopProof proof = DpopProof.parse(proof(HEAD, CLAIMS));

    proof.requireFresh(1_700_000_000L);
    proof.requireFresh(1_700_000_000L - 10);
    assertThatThrownBy(() -> proof.requireFresh(1_700_000_000L + 60)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> proof.requireFresh(1_700_000_000L - 61)).isInstanceOf(Refusal.class);
  }

  @Test
  void knowsItsAccessToken() throws Refusal {
    // RFC 9449 7.1, figure 13
    DpopProof proof =
        DpopProof.parse(
            proof(
                HEAD,
                CLAIMS.replace("}", ",'ath':'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo'}")));

    proof.requireAccessToken("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU");
    assertThatThrownBy(() -> proof.requireAccessToken("another")).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> DpopProof.parse(proof(HEAD, CLAIMS)).requireAccessToken("a"))
        .isInstanceOf(Refusal.class);
  }

  private static String rsa(int bits) {
    byte[] modulus = new byte[(bits + 7) / 8];
    new SecureRandom().nextBytes(modulus);
    modulus[0] = (byte) (1 << ((bits - 1) % 8));
    return "{'typ':'dpop+jwt','alg':'PS256','jwk':{'kty':'RSA','e':'AQAB','n':'"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(modulus)
        + "'}}";
  }

  private static String proof(String head, String claims) {
    return encoded(head) + "." + encoded(claims) + ".c2ln";
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static void refuses(String header) {
    assertThatThrownBy(() -> DpopProof.parse(header))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.getError()).isEqualTo("invalid_dpop_proof"));
  }

  private static void refusesKey(DpopProof proof) {
    assertThatThrownBy(() -> proof.requireAllowedKey(ALGORITHMS))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.getError()).isEqualTo("invalid_dpop_proof"));
  }
}
