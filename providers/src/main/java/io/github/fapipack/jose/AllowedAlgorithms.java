package io.github.fapipack.jose;

import io.github.fapipack.rule.Setting;
import java.util.List;

/** Which of FAPI's signature algorithms a rule allows; FAPI 1.0 has no EdDSA. */
public record AllowedAlgorithms(
    @Setting(
            label = "Algorithms",
            help = "PS256, ES256, EdDSA (with Ed25519), or some of them; FAPI 1.0 has no EdDSA.",
            value = "PS256 ES256 EdDSA")
        List<String> algorithms) {

  public AllowedAlgorithms {
    if (algorithms != null) {
      algorithms = algorithms.stream().map(Algorithms::known).distinct().toList();
    }
    if (algorithms == null || algorithms.isEmpty() || !Algorithms.ALLOWED.containsAll(algorithms)) {
      throw new IllegalArgumentException(
          "field 'algorithms' must name some of PS256, ES256 and EdDSA, which FAPI allows");
    }
  }

  /** Whether clients may sign with an algorithm of that name. */
  public boolean has(String algorithm) {
    return algorithm != null && algorithms.contains(Algorithms.known(algorithm));
  }

  /** Whether the server itself may sign with it; RFC 9864's name for EdDSA is only for clients. */
  public boolean hasForServer(String algorithm) {
    return algorithm != null && algorithms.contains(algorithm);
  }

  /** The names that clients may use, for a sentence. */
  @Override
  public String toString() {
    return String.join(", ", Algorithms.named(algorithms));
  }
}
