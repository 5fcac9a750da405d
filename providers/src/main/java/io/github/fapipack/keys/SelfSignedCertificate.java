package io.github.fapipack.keys;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.rule.Refusal;
import java.util.Set;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.x509.NginxProxyTrustedClientCertificateLookup;
import org.keycloak.services.x509.X509ClientCertificateLookup;

/**
 * The method {@code self_signed_tls_client_auth} (RFC 8705 2.2): the certificate need not come from
 * an authority, but must be in the client's own key set. It is Keycloak's {@code client-x509} with
 * the client attribute {@value #ATTRIBUTE}.
 */
public final class SelfSignedCertificate {

  /** Its name in OAuth's registry, and in the setting of the rule that allows it. */
  public static final String METHOD = "self_signed_tls_client_auth";

  /** The client attribute that is {@code true} if a client uses it. */
  public static final String ATTRIBUTE = "x509.self.signed";

  /** The certificate look-ups that use the server's own listener. */
  private static final Set<String> LISTENER = Set.of("default", "quarkus");

  private SelfSignedCertificate() {}

  public static boolean isMethodOf(ClientModel client) {
    return X509ClientAuthenticator.PROVIDER_ID.equals(client.getClientAuthenticatorType())
        && Boolean.parseBoolean(client.getAttribute(ATTRIBUTE));
  }

  public static boolean isMethodOf(ClientRepresentation client) {
    return X509ClientAuthenticator.PROVIDER_ID.equals(client.getClientAuthenticatorType())
        && client.getAttributes() != null
        && Boolean.parseBoolean(client.getAttributes().get(ATTRIBUTE));
  }

  public static boolean isMethodOf(ProposedClient client) {
    return X509ClientAuthenticator.PROVIDER_ID.equals(client.authenticator())
        && Boolean.parseBoolean(client.attribute(ATTRIBUTE));
  }

  /**
   * Whether self-signed certificates can reach this server: its own listener rejects them, and so
   * does nginx if its verification is relied on.
   */
  public static boolean canReach(KeycloakSession session) {
    ProviderFactory<?> lookup =
        session.getKeycloakSessionFactory().getProviderFactory(X509ClientCertificateLookup.class);
    return lookup != null
        && !LISTENER.contains(lookup.getId())
        && !(session.getProvider(X509ClientCertificateLookup.class)
            instanceof NginxProxyTrustedClientCertificateLookup);
  }

  public static void checkRegistered(ProposedClient client) throws Refusal {
    String keys = client.attribute(OIDCConfigAttributes.JWKS_STRING);
    boolean fetched = Boolean.parseBoolean(client.attribute(OIDCConfigAttributes.USE_JWKS_URL));
    if (!fetched && (keys == null || !RegisteredCertificates.areIn(keys))) {
      throw ProposedClient.refusal(
          METHOD + " needs the client's certificate in x5c of a key in jwks, or a jwks_uri",
          OIDCConfigAttributes.JWKS_STRING);
    }
  }
}
