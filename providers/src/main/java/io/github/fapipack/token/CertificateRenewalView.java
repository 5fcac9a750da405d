package io.github.fapipack.token;

import java.util.HashMap;
import java.util.Map;
import org.keycloak.models.ClientModel;
import org.keycloak.models.delegate.ClientModelLazyDelegate;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/**
 * A view of a client in which Keycloak's switch for certificate-bound tokens is off. This one
 * switch makes Keycloak do two things: it binds access tokens, which the pack's rule does instead,
 * and it binds refresh tokens to the first certificate, which contradicts RFC 8705 section 7.1.
 * Writes go to the stored client, whose switch does not change.
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
