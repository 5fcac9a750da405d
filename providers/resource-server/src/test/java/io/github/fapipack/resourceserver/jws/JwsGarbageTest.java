package io.github.fapipack.resourceserver.jws;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.resourceserver.testing.Jws;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Whatever comes, it is read or refused, and nothing else happens. */
class JwsGarbageTest {
  private static final Set<SignatureAlgorithm> ALL = EnumSet.allOf(SignatureAlgorithm.class);
  private static final JWK KEY = key();
  private static final String GOOD =
      Jws.sign(KEY, Map.of("jwk", KEY.toPublicJWK().toJSONObject()), Map.of("htm", "GET"));

  @Property(tries = 300)
  void anyText(@ForAll String text) {
    isReadOrRefused(text);
  }

  @Property(tries = 300)
  void anyBytesAsHeaderAndPayload(
      @ForAll @Size(max = 60) byte[] header, @ForAll @Size(max = 60) byte[] payload) {
    isReadOrRefused(Base64URL.encode(header) + "." + Base64URL.encode(payload) + ".AAAA");
  }

  @Property(tries = 300)
  void aGoodOneWithOneCharacterChangedIsNeverVerified(
      @ForAll @IntRange(max = 10_000) int place, @ForAll char other) {
    int position = place % GOOD.length();
    String changed = GOOD.substring(0, position) + other + GOOD.substring(position + 1);
    boolean verified = isReadOrRefused(changed);
    assertThat(verified).isEqualTo(changed.equals(GOOD));
  }

  @Property(tries = 300)
  void jsonIsReadAsNimbusReadsItOrRefused(
      @ForAll
          @StringLength(max = 40)
          @Chars({'{', '}', '[', ']', '"', ':', ',', '\\', 'u', '1', ' '})
          String inside) {
    String text = "{\"a\":" + inside + "}";
    try {
      assertThat(JsonObjects.parse(text.getBytes(StandardCharsets.UTF_8), 1000))
          .isEqualTo(JSONObjectUtils.parse(text));
    } catch (MalformedJws refused) {
      assertThat(refused.sentence()).isNotEmpty();
    } catch (ParseException nimbusRefusesAndWeDoNot) {
      throw new AssertionError(text, nimbusRefusesAndWeDoNot);
    }
  }

  @Property(tries = 300)
  void anyEd25519KeyIsUsedOrRefused(
      @ForAll @Size(32) byte[] x, @ForAll @Size(64) byte[] signature) {
    JWK key = new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x)).build();
    try {
      assertThat(
              JoseSignatures.verify(
                  SignatureAlgorithm.ED25519,
                  PublicKeys.of(key, SignatureAlgorithm.ED25519),
                  new byte[] {1},
                  signature))
          .isFalse();
    } catch (MalformedJws refused) {
      assertThat(refused.sentence()).isNotEmpty();
    }
  }

  private static boolean isReadOrRefused(String text) {
    try {
      CompactJws jws = CompactJws.parse(text, 8192, ALL);
      return jws.isSignedBy(PublicKeys.of(KEY, SignatureAlgorithm.ECDSA_P256_SHA256));
    } catch (MalformedJws refused) {
      assertThat(refused.sentence()).matches("[ !#-\\[\\]-~]+");
      return false;
    }
  }

  private static JWK key() {
    try {
      return new ECKeyGenerator(Curve.P_256).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
