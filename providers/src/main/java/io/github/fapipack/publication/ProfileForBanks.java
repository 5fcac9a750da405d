package io.github.fapipack.publication;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.authority.Authority;
import io.github.fapipack.authority.CertificatePem;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.scheme.DirectoryAddresses;
import io.github.fapipack.scheme.SchemeTemplate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * The ecosystem profile that a template names, with the issuer, the addresses and the authority of
 * this directory in place of those of the real one. A bank's realm can use it as it is.
 */
final class ProfileForBanks {

  private ProfileForBanks() {}

  /** The profile; empty if there is none with the name in the template. */
  static Optional<ObjectNode> of(
      KeycloakSession session, SchemeTemplate template, DirectoryAddresses addresses) {
    String text = EcosystemProfiles.text(session.getContext().getRealm(), template.ecosystem());
    return Optional.ofNullable(text)
        .map(Document::json)
        .filter(ObjectNode.class::isInstance)
        .map(profile -> adapt((ObjectNode) profile, session, template, addresses));
  }

  private static ObjectNode adapt(
      ObjectNode profile,
      KeycloakSession session,
      SchemeTemplate template,
      DirectoryAddresses addresses) {
    ObjectNode directory = profile.withObject("/directory");
    directory
        .put("issuer", template.issuer(addresses))
        .put("jwks_uri", addresses.statementKeys(template.keys()));
    if (directory.has("status")) {
      directory.withObject("/status").put("uri", addresses.participants());
    }
    List<X509Certificate> trusted = Authority.anchors(session);
    if (!trusted.isEmpty()) {
      ArrayNode anchors = profile.withObject("/certificate").putArray("anchors");
      trusted.forEach(each -> anchors.add(CertificatePem.of(each)));
    }
    return profile;
  }
}
