package io.github.fapipack.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.jose.JwsAlgorithm;
import io.github.fapipack.jose.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.common.VerificationException;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.models.KeycloakSession;

/**
 * A signed JWT in the compact serialization (RFC 7515 7.1), not verified yet. Keys that its header
 * names or contains ({@code jku}, {@code jwk}, {@code x5u}) are never used.
 *
 * @param compact the text
 * @param header its header, a JSON object without duplicate members
 * @param claims its claims, likewise
 */
public record SignedJwt(String compact, ObjectNode header, ObjectNode claims) {

  private static final Logger LOGGER = Logger.getLogger(SignedJwt.class);

  /** In characters. */
  private static final int LONGEST = 100_000;

  /** Each costs a signature verification. */
  private static final int MOST_TRIED = 10;

  /**
   * Parses a text.
   *
   * @return empty if it is not a signed JWT, or has critical header parameters
   */
  public static Optional<SignedJwt> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3 || parts[2].isEmpty()) {
      return Optional.empty();
    }
    Optional<ObjectNode> header = object(parts[0]);
    Optional<ObjectNode> claims = object(parts[1]);
    return header.isPresent()
            && claims.isPresent()
            && decoded(parts[2]).isPresent()
            && !header.get().has("crit")
            && !header.get().has("b64")
        ? Optional.of(new SignedJwt(text, header.get(), claims.get()))
        : Optional.empty();
  }

  private static Optional<ObjectNode> object(String part) {
    return decoded(part).flatMap(StrictJson::object);
  }

  /** RFC 7515 2: without padding, and without bits that have no meaning. */
  private static Optional<byte[]> decoded(String part) {
    try {
      byte[] octets = Base64.getUrlDecoder().decode(part);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(octets).equals(part)
          ? Optional.of(octets)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The algorithm in the header; empty text if it has none. */
  public String algorithm() {
    return header.path("alg").asText("");
  }

  /** The key's id in the header, or null. */
  public String kid() {
    return header.path("kid").textValue();
  }

  /** A claim that is a text; empty if it is anything else. */
  public Optional<String> text(String claim) {
    JsonNode value = claims.path(claim);
    return value.isTextual() && !value.textValue().isBlank()
        ? Optional.of(value.textValue())
        : Optional.empty();
  }

  /** Whether one of the keys made the signature; those with another {@code kid} are not tried. */
  public boolean isSignedWithOneOf(KeycloakSession session, List<KeyWrapper> keys) {
    Optional<JwsAlgorithm> algorithm = JwsAlgorithm.of(algorithm());
    return algorithm.isPresent()
        && keys.stream()
            .filter(key -> kid() == null || key.getKid() == null || kid().equals(key.getKid()))
            .filter(key -> key.getPublicKey() instanceof PublicKey known && isUsable(known))
            .filter(algorithm.get()::takes)
            .filter(
                key ->
                    key.getAlgorithm() == null
                        || Algorithms.areSame(key.getAlgorithm(), algorithm()))
            .limit(MOST_TRIED)
            .anyMatch(key -> isSignedWith(session, key.cloneKey()));
  }

  private static boolean isUsable(PublicKey key) {
    return !KeyStrength.isWeak(key) && !KeyStrength.isCostly(key);
  }

  private boolean isSignedWith(KeycloakSession session, KeyWrapper key) {
    String name = Algorithms.known(algorithm());
    SignatureProvider provider = session.getProvider(SignatureProvider.class, name);
    if (provider == null) {
      return false;
    }
    key.setAlgorithm(name);
    int end = compact.lastIndexOf('.');
    try {
      return provider
          .verifier(key)
          .verify(
              compact.substring(0, end).getBytes(StandardCharsets.US_ASCII),
              Base64.getUrlDecoder().decode(compact.substring(end + 1)));
    } catch (VerificationException | RuntimeException e) {
      LOGGER.debug("A key does not verify a statement or a request", e);
      return false;
    }
  }
}
