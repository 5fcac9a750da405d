package io.github.fapipack.introspection;

import io.github.fapipack.client.SigningMetadata;
import io.github.fapipack.signing.SigningSupport;
import jakarta.ws.rs.core.Response.Status;
import java.nio.charset.StandardCharsets;
import org.keycloak.OAuthErrorException;
import org.keycloak.crypto.CekManagementProvider;
import org.keycloak.crypto.ContentEncryptionProvider;
import org.keycloak.crypto.KeyType;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.jose.jwe.JWEConstants;
import org.keycloak.jose.jwe.JWEException;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.keys.PublicKeyLoader;
import org.keycloak.keys.PublicKeyStorageProvider;
import org.keycloak.keys.PublicKeyStorageUtils;
import org.keycloak.keys.loader.ClientPublicKeyLoader;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.util.TokenUtil;

/** Encrypts a signed introspection response for a caller that has registered an encryption. */
public final class IntrospectionEncryption {

  private IntrospectionEncryption() {}

  /** The nested JWT, or the signed one if the caller has registered no encryption. */
  static String of(KeycloakSession session, ClientModel caller, String signed) {
    String algorithm = SigningMetadata.of(caller, SigningMetadata.ENCRYPTED_ALG).orElse(null);
    String method = SigningMetadata.of(caller, SigningMetadata.ENCRYPTED_ENC).orElse(null);
    if (algorithm == null && method == null) {
      return signed;
    }
    String encryption = method == null ? JWEConstants.A128CBC_HS256 : method;
    KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
    if (!SigningSupport.encryptionAlgorithms(factory).contains(algorithm)
        || !SigningSupport.encryptionMethods(factory).contains(encryption)) {
      throw impossible("it is registered with an algorithm that this server does not support");
    }
    KeyWrapper recipient = recipient(session, caller, algorithm);
    if (recipient == null) {
      throw impossible("the client has no key for " + algorithm + " in its jwks");
    }
    try {
      return TokenUtil.jweKeyEncryptionEncode(
          recipient.getPublicKey(),
          signed.getBytes(StandardCharsets.UTF_8),
          algorithm,
          encryption,
          recipient.getKid(),
          session.getProvider(CekManagementProvider.class, algorithm).jweAlgorithmProvider(),
          session.getProvider(ContentEncryptionProvider.class, encryption).jweEncryptionProvider());
    } catch (JWEException e) {
      throw impossible("the client's key does not fit " + algorithm);
    }
  }

  /** Unlike for Keycloak's own tokens, the key need not have an {@code alg}, which is optional. */
  public static boolean fits(KeyWrapper key, String algorithm) {
    String type = algorithm.startsWith("RSA") ? KeyType.RSA : KeyType.EC;
    return type.equals(key.getType())
        && (key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm));
  }

  private static KeyWrapper recipient(
      KeycloakSession session, ClientModel caller, String algorithm) {
    PublicKeyStorageProvider storage = session.getProvider(PublicKeyStorageProvider.class);
    PublicKeyLoader loader = new ClientPublicKeyLoader(session, caller, JWK.Use.ENCRYPTION);
    String where =
        PublicKeyStorageUtils.getClientModelCacheKey(
            caller.getRealm().getId(), caller.getId(), JWK.Use.ENCRYPTION);
    // Nothing reports a retired key, so the keys are fetched as often as Keycloak does for its
    // tokens.
    storage.reloadKeys(where, loader);
    return storage.getFirstPublicKey(where, key -> fits(key, algorithm), loader);
  }

  /** A caller that registered an encryption must not get an unencrypted response. */
  private static ErrorResponseException impossible(String why) {
    return new ErrorResponseException(
        OAuthErrorException.INVALID_REQUEST,
        "the introspection response cannot be encrypted: " + why,
        Status.BAD_REQUEST);
  }
}
