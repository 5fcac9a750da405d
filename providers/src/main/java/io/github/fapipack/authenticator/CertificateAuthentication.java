package io.github.fapipack.authenticator;

import io.github.fapipack.keycloak.Order;
import io.github.fapipack.keys.SelfSignedCertificate;
import io.github.fapipack.rule.RealmRules;
import java.util.Set;
import org.keycloak.authentication.ClientAuthenticationFlowContext;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Keycloak's {@code client-x509} authenticator, with the realm's rules asked first; they also
 * decide whether it may be {@code self_signed_tls_client_auth}.
 */
public final class CertificateAuthentication extends X509ClientAuthenticator {

  @Override
  public void authenticateClient(ClientAuthenticationFlowContext context) {
    ClientAuthenticationGate.pass(context, getId(), super::authenticateClient);
  }

  /** In a realm without rules, or without a realm, Keycloak's own. */
  @Override
  public Set<String> getProtocolAuthenticatorMethods(String loginProtocol) {
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    return OIDCLoginProtocol.LOGIN_PROTOCOL.equals(loginProtocol)
            && session != null
            && session.getContext().getRealm() != null
            && !RealmRules.of(session).isEmpty()
        ? Set.of(OIDCLoginProtocol.TLS_CLIENT_AUTH, SelfSignedCertificate.METHOD)
        : super.getProtocolAuthenticatorMethods(loginProtocol);
  }

  @Override
  public String getProtocolAuthenticatorMethod(ClientRepresentation client) {
    return SelfSignedCertificate.isMethodOf(client)
        ? SelfSignedCertificate.METHOD
        : OIDCLoginProtocol.TLS_CLIENT_AUTH;
  }

  /** Above Keycloak's own authenticator with the same id. */
  @Override
  public int order() {
    return Order.BEFORE_OTHERS;
  }
}
