package io.github.fapipack.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.certificate.CertificateMember;
import io.github.fapipack.keys.SelfSignedCertificate;
import io.github.fapipack.rule.Refusal;
import java.util.Map;
import java.util.Objects;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.oidc.OIDCClientRepresentation;

/**
 * The registered name of the client's certificate, for the metadata that Keycloak does not know
 * (RFC 8705 2).
 */
final class RegisteredCertificate {

  private RegisteredCertificate() {}

  /**
   * Adds the attributes. A registration is complete (RFC 7592 2.2), so a name that it leaves out is
   * removed; only if it is for another authentication method, Keycloak's attribute stays.
   */
  static void put(
      ObjectNode members, OIDCClientRepresentation known, Map<String, String> attributes)
      throws Refusal {
    for (CertificateMember member : CertificateMember.ALTERNATIVE_NAMES) {
      String name = member.member();
      attributes.put(member.attribute(), RegistrationRequest.string(members.get(name), name));
    }
    String method = known.getTokenEndpointAuthMethod();
    boolean selfSigned = SelfSignedCertificate.METHOD.equals(method);
    attributes.put(SelfSignedCertificate.ATTRIBUTE, selfSigned ? "true" : null);
    boolean named =
        CertificateMember.ALTERNATIVE_NAMES.stream()
            .map(member -> attributes.get(member.attribute()))
            .anyMatch(Objects::nonNull);
    if (known.getTlsClientAuthSubjectDn() == null
        && (selfSigned || (named && OIDCLoginProtocol.TLS_CLIENT_AUTH.equals(method)))) {
      attributes.put(X509ClientAuthenticator.ATTR_SUBJECT_DN, null);
    }
  }

  /** Adds what is registered to a response. */
  static void describe(ClientModel client, ObjectNode members) {
    for (CertificateMember member : CertificateMember.ALTERNATIVE_NAMES) {
      String value = client.getAttribute(member.attribute());
      if (value != null && !value.isBlank()) {
        members.put(member.member(), value);
      }
    }
  }
}
