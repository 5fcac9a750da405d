package io.github.fapipack.signing;

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
import org.keycloak.keys.PublicKeyStorageProvider;
import org.keycloak.keys.PublicKeyStorageUtils;
import org.keycloak.keys.loader.ClientPublicKeyLoader;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.util.TokenUtil;

/** Encrypts a signed introspection response for a caller that has registered for it. */
final class IntrospectionEncryption {

  /** Client metadata of RFC 9701 6, under their registered names. */
  static final String ENCRYPTED_ALG = "introspection_encrypted_response_alg";

  static final String ENCRYPTED_ENC = "introspection_encrypted_response_enc";

  private IntrospectionEncryption() {}

  /** The nested JWT, or the signed one where the caller wants no encryption. */
  static String of(KeycloakSession session, ClientModel caller, String signed) {
    String algorithm = caller.getAttribute(ENCRYPTED_ALG);
    if (algorithm == null || algorithm.isEmpty()) {
      return signed;
    }
    String chosen = caller.getAttribute(ENCRYPTED_ENC);
    String encryption = chosen == null || chosen.isEmpty() ? JWEConstants.A128CBC_HS256 : chosen;
    CekManagementProvider keys = session.getProvider(CekManagementProvider.class, algorithm);
    ContentEncryptionProvider contents =
        session.getProvider(ContentEncryptionProvider.class, encryption);
    if (keys == null || contents == null) {
      throw impossible("this server does not know " + algorithm + " with " + encryption);
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
          keys.jweAlgorithmProvider(),
          contents.jweEncryptionProvider());
    } catch (JWEException e) {
      throw impossible("the client's key does not fit " + algorithm);
    }
  }

  /** Unlike for Keycloak's own tokens, a key need not name its algorithm, which is optional. */
  private static KeyWrapper recipient(
      KeycloakSession session, ClientModel caller, String algorithm) {
    String type = algorithm.startsWith("RSA") ? KeyType.RSA : KeyType.EC;
    return session
        .getProvider(PublicKeyStorageProvider.class)
        .getFirstPublicKey(
            PublicKeyStorageUtils.getClientModelCacheKey(
                caller.getRealm().getId(), caller.getId(), JWK.Use.ENCRYPTION),
            key ->
                type.equals(key.getType())
                    && (key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm)),
            new ClientPublicKeyLoader(session, caller, JWK.Use.ENCRYPTION));
  }

  /** Better no answer than one in clear text for a caller that asked for encryption. */
  private static ErrorResponseException impossible(String why) {
    return new ErrorResponseException(
        OAuthErrorException.INVALID_REQUEST,
        "the introspection response cannot be encrypted: " + why,
        Status.BAD_REQUEST);
  }
}
