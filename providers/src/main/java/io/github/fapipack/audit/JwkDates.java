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

/** What a JSON Web Key says of its end: by its certificate, or by its member {@code exp}. */
public final class JwkDates {

  private static final long LATEST = Instant.MAX.getEpochSecond();

  private JwkDates() {}

  /** The keys of a key set; none if the text is no key set. */
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

  /** The certificate as it is written in a key; none if the key has none. */
  static Optional<String> certificateText(JsonNode key) {
    return Optional.of(key.path("x5c").path(0).asText("")).filter(text -> !text.isBlank());
  }

  /** A certificate; none if it cannot be read. */
  public static Optional<X509Certificate> certificate(String text) {
    try {
      return Optional.ofNullable(PemUtils.decodeCertificate(text));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** What the key itself says, as key sets of OpenID Federation do. */
  static Optional<Instant> exp(JsonNode key) {
    JsonNode exp = key.path("exp");
    return exp.isNumber() && exp.asLong() > 0 && exp.asLong() < LATEST
        ? Optional.of(Instant.ofEpochSecond(exp.asLong()))
        : Optional.empty();
  }

  /** A key of a client, with the first end that anything says. */
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
