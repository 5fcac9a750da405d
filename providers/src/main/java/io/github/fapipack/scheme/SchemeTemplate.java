package io.github.fapipack.scheme;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.authority.Use;
import io.github.fapipack.template.CertificateTemplate;
import io.github.fapipack.template.Template;
import io.github.fapipack.template.Templates;
import io.github.fapipack.template.Values;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.keycloak.common.util.Time;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.jose.jws.JWSBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * How a scheme's directory words things: names of roles and states, the members of statements and
 * of the list of participants, and the names in certificates. The realm attribute {@value #IN_USE}
 * names the template; without it a realm is no directory.
 */
public final class SchemeTemplate {

  /** The realm attribute with the id of the template. */
  public static final String IN_USE = Templates.IN_USE;

  private final Template template;

  private SchemeTemplate(Template template) {
    this.template = template;
  }

  /** The template of a realm; empty if it is no directory, or its template cannot be read. */
  public static Optional<SchemeTemplate> of(RealmModel realm) {
    return Templates.of(realm).inUse().map(SchemeTemplate::new);
  }

  public String id() {
    return template.id();
  }

  /** The file's text, by which it can be known whether the template has changed. */
  public String text() {
    return template.text();
  }

  /** The scheme's name for people. */
  public String name() {
    return template.name();
  }

  /** The {@code iss} of statements of the realm of the session's context. */
  public String issuer(DirectoryAddresses addresses) {
    return values(addresses).common().get("issuer").textValue();
  }

  /** The id of the ecosystem profile that banks use with this scheme. */
  public String ecosystem() {
    return template.ecosystem();
  }

  /** The roles that organisations can apply for, with a text for people. */
  public Map<String, String> roles() {
    return template.roles();
  }

  /** The algorithm with which statements are signed. */
  public String algorithm() {
    return template.algorithm();
  }

  /** The name of the set with the keys that sign statements, such as {@code statements.jwks}. */
  public String keys() {
    return template.keys();
  }

  /** How long certificates are valid. */
  public Duration lifetime(Use use) {
    return certificate(use).lifetime();
  }

  /** The subject of certificates for a software; the same for each of its certificates. */
  public X500Principal subject(Use use, Organisation organisation, Software software) {
    return certificate(use).subject(values(null).ofCertificate(organisation, software));
  }

  /** DNS names of certificates. */
  public List<String> dnsNames(Use use, Organisation organisation, Software software) {
    return certificate(use).dnsNames(values(null).ofCertificate(organisation, software));
  }

  /** URIs of certificates. */
  public List<String> uris(Use use, Organisation organisation, Software software) {
    return certificate(use).uris(values(null).ofCertificate(organisation, software));
  }

  private CertificateTemplate certificate(Use use) {
    return use == Use.TRANSPORT ? template.transport() : template.signing();
  }

  /**
   * A statement, signed with the realm's key, as a compact JWT (RFC 7591 2.3). Whether the software
   * may have one is the caller's to check.
   */
  public String statement(KeycloakSession session, Organisation organisation, Software software) {
    JsonNode members = statement(DirectoryAddresses.of(session), organisation, software);
    return new JWSBuilder()
        .type(template.type())
        .content(members.toString().getBytes(StandardCharsets.UTF_8))
        .sign(session.getProvider(SignatureProvider.class, template.algorithm()).signer());
  }

  /** The members of a statement, as they are now. */
  JsonNode statement(DirectoryAddresses addresses, Organisation organisation, Software software) {
    return template.statement(
        values(addresses).ofStatement(organisation, software, Time.currentTime()));
  }

  /**
   * The list of participants. Organisations about which the operator has not decided are not in it,
   * and neither is such software.
   *
   * @param software by the id of the organisation
   */
  public JsonNode participants(
      DirectoryAddresses addresses,
      List<Organisation> organisations,
      Map<String, List<Software>> software) {
    SchemeValues values = values(addresses);
    ObjectNode common = values.common();
    ArrayNode list = common.putArray("organisations");
    for (Organisation organisation : organisations) {
      if (organisation.standing() != Standing.PENDING) {
        ObjectNode entry = values.organisation(organisation);
        list.add(entry);
        ArrayNode own = entry.putArray("software");
        software.getOrDefault(organisation.id(), List.of()).stream()
            .filter(each -> each.effective() != Standing.PENDING)
            .forEach(each -> own.add(values.software(each)));
      }
    }
    return template.participants(Values.of(common));
  }

  private SchemeValues values(DirectoryAddresses addresses) {
    return new SchemeValues(template, addresses);
  }
}
