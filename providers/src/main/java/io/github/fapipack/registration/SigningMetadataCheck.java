package io.github.fapipack.registration;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.client.SigningMetadata;
import io.github.fapipack.introspection.IntrospectionEncryption;
import io.github.fapipack.keys.ReadableKeys;
import io.github.fapipack.rar.AuthorizationDetailsTypes;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.signing.SigningSupport;
import java.util.List;
import java.util.Map;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.KeycloakSession;

/** Checks whether the server supports the metadata that are about to be registered for a client. */
public final class SigningMetadataCheck {

  private SigningMetadataCheck() {}

  /**
   * Checks values as they are stored, by their names; a missing value stands for the default.
   *
   * @throws Refusal {@code invalid_client_metadata} with the supported values
   */
  public static void check(KeycloakSession session, Map<String, String> values) throws Refusal {
    one(values, SigningMetadata.SIGNED_ALG, SigningSupport.signing(session));
    one(
        values,
        SigningMetadata.ENCRYPTED_ALG,
        SigningSupport.encryptionAlgorithms(session.getKeycloakSessionFactory()));
    one(
        values,
        SigningMetadata.ENCRYPTED_ENC,
        SigningSupport.encryptionMethods(session.getKeycloakSessionFactory()));
    if (values.get(SigningMetadata.ENCRYPTED_ENC) != null
        && values.get(SigningMetadata.ENCRYPTED_ALG) == null) {
      throw ProposedClient.refusal(
          SigningMetadata.ENCRYPTED_ENC
              + " needs "
              + SigningMetadata.ENCRYPTED_ALG
              + "; register both or none");
    }
    String modes = values.get(SigningMetadata.RESPONSE_MODES);
    if (modes != null) {
      each(SigningMetadata.RESPONSE_MODES, modes, SigningSupport.responseModes(session));
    }
    String types = values.get(SigningMetadata.DETAILS_TYPES);
    if (types != null) {
      each(SigningMetadata.DETAILS_TYPES, types, AuthorizationDetailsTypes.of(session).ids());
    }
  }

  /**
   * Checks that the registered keys fit the values. A key set at a {@code jwks_uri} may change
   * later, so it is not checked here; if it has no fitting key, no response is sent, because it
   * would be unencrypted.
   *
   * @param keySet null if the client has none
   */
  public static void checkKeys(Map<String, String> values, String keySet) throws Refusal {
    String algorithm = values.get(SigningMetadata.ENCRYPTED_ALG);
    if (algorithm == null) {
      return;
    }
    List<KeyWrapper> usable = ReadableKeys.forEncryption(keySet);
    if (usable.stream().noneMatch(key -> IntrospectionEncryption.fits(key, algorithm))) {
      throw ProposedClient.refusal(
          SigningMetadata.ENCRYPTED_ALG
              + " needs a key for "
              + algorithm
              + " in jwks, with use enc or none, or a jwks_uri");
    }
  }

  private static void one(Map<String, String> values, String name, List<String> supported)
      throws Refusal {
    String value = values.get(name);
    if (value != null && !supported.contains(value)) {
      throw ProposedClient.refusal(
          name + " is not supported; register one of " + String.join(", ", supported));
    }
  }

  private static void each(String name, String values, List<String> supported) throws Refusal {
    if (!supported.containsAll(SigningMetadata.values(values))) {
      throw ProposedClient.refusal(
          name
              + " holds one that is not supported here; register any of "
              + String.join(", ", supported));
    }
  }
}
