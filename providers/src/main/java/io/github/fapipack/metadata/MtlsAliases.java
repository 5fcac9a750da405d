package io.github.fapipack.metadata;

import io.github.fapipack.rule.Clause;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.representations.MTLSEndpointAliases;
import org.keycloak.protocol.oidc.representations.OIDCConfigurationRepresentation;

/**
 * Endpoints on a separate host for mutual TLS (RFC 8705 5), so that browsers never ask users for a
 * certificate. The realm attribute {@value #ATTRIBUTE} names that host as an https origin such as
 * {@code https://mtls.bank.example}; without it, the aliases are the ordinary endpoints. A proxy
 * must forward requests from that host; DPoP proofs still name the ordinary endpoint, because
 * Keycloak has only one host name.
 */
@Clause("FAPI2-SP 5.2.2.1-p2.2")
final class MtlsAliases {

  static final String ATTRIBUTE = "fapi.mtls-endpoint-base";

  private static final Logger LOGGER = Logger.getLogger(MtlsAliases.class);

  private MtlsAliases() {}

  static void describe(OIDCConfigurationRepresentation metadata, KeycloakSession session) {
    String base = session.getContext().getRealm().getAttribute(ATTRIBUTE);
    MTLSEndpointAliases aliases = new MTLSEndpointAliases();
    if (base != null && !base.isBlank() && !isOrigin(base)) {
      LOGGER.warnf(
          "Realm '%s': attribute %s must be an https origin such as https://mtls.bank.example",
          session.getContext().getRealm().getName(), ATTRIBUTE);
      base = null;
    }
    alias(base, metadata.getTokenEndpoint(), aliases::setTokenEndpoint);
    alias(base, metadata.getRevocationEndpoint(), aliases::setRevocationEndpoint);
    alias(base, metadata.getIntrospectionEndpoint(), aliases::setIntrospectionEndpoint);
    alias(base, metadata.getDeviceAuthorizationEndpoint(), aliases::setDeviceAuthorizationEndpoint);
    alias(base, metadata.getRegistrationEndpoint(), aliases::setRegistrationEndpoint);
    alias(base, metadata.getUserinfoEndpoint(), aliases::setUserInfoEndpoint);
    alias(
        base,
        metadata.getPushedAuthorizationRequestEndpoint(),
        aliases::setPushedAuthorizationRequestEndpoint);
    alias(
        base,
        metadata.getBackchannelAuthenticationEndpoint(),
        aliases::setBackchannelAuthenticationEndpoint);
    metadata.setMtlsEndpointAliases(aliases);
  }

  private static void alias(String base, String endpoint, Consumer<String> member) {
    if (endpoint != null) {
      member.accept(
          base == null || base.isBlank()
              ? endpoint
              : base.replaceFirst("/$", "") + URI.create(endpoint).getRawPath());
    }
  }

  private static boolean isOrigin(String base) {
    try {
      URI uri = new URI(base);
      return "https".equals(uri.getScheme())
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null
          && (uri.getPath().isEmpty() || "/".equals(uri.getPath()));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
