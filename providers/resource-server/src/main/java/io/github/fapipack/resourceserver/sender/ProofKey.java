package io.github.fapipack.resourceserver.sender;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.resourceserver.jws.KeyTypes;
import io.github.fapipack.resourceserver.jws.MalformedJws;
import io.github.fapipack.resourceserver.jws.PublicKeys;
import java.security.PublicKey;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The key of a proof.
 *
 * @param thumbprint RFC 7638, with SHA-256
 */
record ProofKey(SignatureAlgorithm algorithm, PublicKey key, String thumbprint) {
  /** All members that make a key; others, such as certificates, are not even looked at. */
  private static final List<String> PUBLIC = List.of("kty", "crv", "x", "y", "n", "e");

  private static final List<String> SECRET = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  /**
   * The key of the header parameter {@code jwk}.
   *
   * @throws MalformedJws if it is none, is too weak, or is not public
   */
  static ProofKey of(Map<?, ?> jwk) throws MalformedJws {
    Map<String, Object> members = new LinkedHashMap<>();
    for (String name : PUBLIC) {
      if (jwk.get(name) instanceof String value) {
        members.put(name, value);
      }
    }
    if (SECRET.stream().anyMatch(jwk::containsKey)) {
      throw new MalformedJws("has secret members");
    }
    try {
      JWK parsed = JWK.parse(members);
      SignatureAlgorithm algorithm = KeyTypes.algorithm(parsed);
      PublicKey key = PublicKeys.of(parsed, algorithm);
      return new ProofKey(algorithm, key, parsed.computeThumbprint().toString());
    } catch (ParseException | JOSEException | RuntimeException unreadable) {
      throw new MalformedJws("is not a key for ES256, PS256 or EdDSA");
    }
  }
}
