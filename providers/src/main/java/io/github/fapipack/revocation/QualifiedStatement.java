package io.github.fapipack.revocation;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;

/** Placeholder until the reader of qualified statements is here. */
public record QualifiedStatement(boolean isForWebsites, Set<String> roles) {

  /** None yet. */
  public static Optional<QualifiedStatement> of(X509Certificate certificate) {
    return Optional.empty();
  }
}
