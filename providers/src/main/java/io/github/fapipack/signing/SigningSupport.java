package io.github.fapipack.signing;

import io.github.fapipack.token.SigningAlgorithms;
import java.util.Arrays;
import java.util.List;
import org.keycloak.crypto.CekManagementProvider;
import org.keycloak.crypto.ContentEncryptionProvider;
import org.keycloak.jose.jwe.JWEConstants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.utils.OIDCResponseMode;
import org.keycloak.provider.Provider;

/**
 * The algorithms for signed messages that the server supports: for its metadata, and for checks of
 * registrations.
 */
public final class SigningSupport {

  private SigningSupport() {}

  /** The algorithms for signed introspection responses in the current realm. */
  public static List<String> signing(KeycloakSession session) {
    List<String> available = SigningAlgorithms.available(session);
    return available.isEmpty()
        ? List.of(session.getContext().getRealm().getDefaultSignatureAlgorithm())
        : available;
  }

  /** Key management algorithms for introspection responses, without the insecure {@code RSA1_5}. */
  public static List<String> encryptionAlgorithms(KeycloakSessionFactory factory) {
    return ids(factory, CekManagementProvider.class).stream()
        .filter(algorithm -> !JWEConstants.RSA1_5.equals(algorithm))
        .toList();
  }

  /** Content encryption methods. */
  public static List<String> encryptionMethods(KeycloakSessionFactory factory) {
    return ids(factory, ContentEncryptionProvider.class);
  }

  /** The response modes of the current realm. */
  public static List<String> responseModes(KeycloakSession session) {
    return RequireJwtResponseMode.isDemanded(session)
        ? RequireJwtResponseMode.MODES
        : everyResponseMode();
  }

  public static List<String> everyResponseMode() {
    return Arrays.stream(OIDCResponseMode.values()).map(OIDCResponseMode::value).toList();
  }

  static List<String> ids(KeycloakSessionFactory factory, Class<? extends Provider> provider) {
    return factory.getProviderFactoriesStream(provider).map(one -> one.getId()).sorted().toList();
  }
}
