package io.github.fapipack.token;

import java.util.HashMap;
import java.util.Map;
import org.keycloak.models.ClientModel;
import org.keycloak.models.delegate.ClientModelLazyDelegate;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/**
 * A client that reads as if Keycloak need not bind its tokens to certificates. Keycloak has one
 * switch for two things: it binds access tokens, which our rule does instead, and it pins refresh
 * tokens to the first certificate, which RFC 8705 section 7.1 does not want. The stored client
 * keeps its switch: writes go to it, reads of the switch do not.
 */
final class CertificateRenewalView extends ClientModelLazyDelegate.WithId {

  private static final String SWITCH = OIDCConfigAttributes.USE_MTLS_HOK_TOKEN;

  CertificateRenewalView(ClientModel client) {
    super(client.getId(), () -> client);
  }

  @Override
  public String getAttribute(String name) {
    return SWITCH.equals(name) ? "false" : super.getAttribute(name);
  }

  @Override
  public Map<String, String> getAttributes() {
    Map<String, String> attributes = new HashMap<>(super.getAttributes());
    attributes.put(SWITCH, "false");
    return attributes;
  }
}
