package io.github.fapipack.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.profile.Where;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.common.util.PemUtils;
import org.keycloak.util.JsonSerialization;

/** Reads when a JSON Web Key ends: from its certificate, or from its member {@code exp}. */
public final class JwkDates {

  private static final long LATEST = Instant.MAX.getEpochSecond();

  private JwkDates() {}

  /** The keys of a key set; empty if the text is not a key set. */
  public static Optional<List<JsonNode>> keys(String keySet) {
    try {
      JsonNode keys = JsonSerialization.mapper.readTree(keySet).path("keys");
      List<JsonNode> list = new ArrayList<>();
      keys.forEach(list::add);
      return keys.isArray() ? Optional.of(list) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The certificate as it is written in a key; empty if the key has none. */
  static Optional<String> certificateText(JsonNode key) {
    return Optional.of(key.path("x5c").path(0).asText("")).filter(text -> !text.isBlank());
  }

  /** A certificate; empty if it cannot be parsed. */
  public static Optional<X509Certificate> certificate(String text) {
    try {
      return Optional.ofNullable(PemUtils.decodeCertificate(text));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** The member {@code exp} of a key, as in key sets of OpenID Federation. */
  static Optional<Instant> exp(JsonNode key) {
    JsonNode exp = key.path("exp");
    return exp.isNumber() && exp.asLong() > 0 && exp.asLong() < LATEST
        ? Optional.of(Instant.ofEpochSecond(exp.asLong()))
        : Optional.empty();
  }

  /** A key of a client, with the earliest end of those known. */
  public static DatedKey dated(Where owner, String source, DatedKey.Status status, JsonNode key) {
    Optional<X509Certificate> certificate = certificateText(key).flatMap(JwkDates::certificate);
    Instant end =
        Stream.of(
                certificate.map(one -> one.getNotAfter().toInstant()).orElse(null),
                exp(key).orElse(null))
            .filter(Objects::nonNull)
            .min(Instant::compareTo)
            .orElse(null);
    return new DatedKey(
        owner,
        source,
        status,
        key.path("alg").asText(key.path("kty").asText(null)),
        key.path("use").asText(null),
        key.path("kid").asText(null),
        certificate.map(one -> one.getSubjectX500Principal().getName()).orElse(null),
        end);
  }
}
