package io.github.fapipack.client;

import io.github.fapipack.rule.Clause;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.ProtocolMapperModel;

/**
 * The client metadata about signed messages and rich authorization requests, by the names of the
 * specifications. What a client registers is stored in attributes with these names; what an
 * administrator sets in the admin console takes precedence.
 */
@Clause({"RFC9701 6-1", "FAPI2-MS 5.3.3-p3.1"})
public final class SigningMetadata {

  public static final String SIGNED_ALG = "introspection_signed_response_alg";
  public static final String ENCRYPTED_ALG = "introspection_encrypted_response_alg";
  public static final String ENCRYPTED_ENC = "introspection_encrypted_response_enc";
  public static final String RESPONSE_MODES = "response_modes";

  /** The types of authorization details that the client may use (RFC 9396 10). */
  public static final String DETAILS_TYPES = "authorization_details_types";

  /** The members that are JSON strings. */
  public static final List<String> STRINGS = List.of(SIGNED_ALG, ENCRYPTED_ALG, ENCRYPTED_ENC);

  /** The members that are JSON arrays of strings. */
  public static final List<String> ARRAYS = List.of(RESPONSE_MODES, DETAILS_TYPES);

  /** The id of the protocol mapper in which an administrator sets them. */
  public static final String FORM = "fapi2-signing-metadata";

  /** The choice there that leaves the client's own registration in effect. */
  public static final String AS_REGISTERED = "as registered";

  private SigningMetadata() {}

  /** The value in effect for the client. */
  public static Optional<String> of(ClientModel client, String name) {
    return set(client, name).or(() -> registered(client, name));
  }

  /** The same for an array. */
  public static List<String> listOf(ClientModel client, String name) {
    return of(client, name).map(SigningMetadata::values).orElse(List.of());
  }

  /** The values of an array, in Keycloak's format for stored lists. */
  public static List<String> values(String stored) {
    return List.of(stored.split(Constants.CFG_DELIMITER));
  }

  /** An array in the format in which it is stored. */
  public static String stored(List<String> values) {
    return String.join(Constants.CFG_DELIMITER, values);
  }

  /** What the client itself has registered, or an import or a script has stored instead. */
  public static Optional<String> registered(ClientModel client, String name) {
    return Optional.ofNullable(client.getAttribute(name)).filter(value -> !value.isBlank());
  }

  private static Optional<String> set(ClientModel client, String name) {
    return client
        .getProtocolMappersStream()
        .filter(mapper -> FORM.equals(mapper.getProtocolMapper()))
        // Only an import can create several.
        .min(Comparator.comparing(ProtocolMapperModel::getName))
        .flatMap(mapper -> value(mapper, name));
  }

  /** The value in a mapper; empty if it has none. */
  public static Optional<String> value(ProtocolMapperModel mapper, String name) {
    return Optional.ofNullable(mapper.getConfig())
        .map(config -> config.get(name))
        .filter(value -> !value.isBlank() && !AS_REGISTERED.equals(value));
  }
}
