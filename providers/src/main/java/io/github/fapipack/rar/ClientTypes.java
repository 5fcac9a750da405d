package io.github.fapipack.rar;

import io.github.fapipack.client.SigningMetadata;
import io.github.fapipack.rule.Clause;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;

/** The types for which a client is registered (RFC 9396 10); all types if it registered none. */
@Clause("RFC9396 10-2")
final class ClientTypes {

  private ClientTypes() {}

  /** Empty where all types of the realm are allowed. */
  static Optional<Set<String>> allowed(ClientModel client) {
    return SigningMetadata.of(client, SigningMetadata.DETAILS_TYPES)
        .map(SigningMetadata::values)
        .map(Set::copyOf);
  }
}
