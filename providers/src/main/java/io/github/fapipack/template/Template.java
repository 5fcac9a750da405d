package io.github.fapipack.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/** How a scheme's directory words what it says. */
public final class Template {

  private final TemplateFile file;
  private final String text;
  private final Text issuer;
  private final Piece statement;
  private final Piece participants;
  private final CertificateTemplate transport;
  private final CertificateTemplate signing;

  /**
   * @throws IllegalArgumentException with a sentence that begins with the place of the fault
   */
  Template(TemplateFile file, String text) {
    this.file = file;
    this.text = text;
    issuer = Members.text(file.issuer(), Vocabulary.ofIssuer(), "/issuer");
    Vocabulary ofStatement = Vocabulary.ofStatement();
    if (file.statement().lifetime() == null) {
      ofStatement = ofStatement.without("expiry");
    }
    statement = Members.parse(file.statement().members(), ofStatement, "/statement/members");
    participants = Members.parse(file.participants(), Vocabulary.ofParticipants(), "/participants");
    transport = new CertificateTemplate(file.certificates().transport(), "/certificates/transport");
    signing = new CertificateTemplate(file.certificates().signing(), "/certificates/signing");
  }

  public String id() {
    return file.id();
  }

  /** The file's text, by which it can be known whether the template has changed. */
  public String text() {
    return text;
  }

  /** The scheme's name for people. */
  public String name() {
    return file.name();
  }

  /** The {@code iss} of statements. */
  public String issuer(Values values) {
    return issuer.fill(values).asText();
  }

  /** The id of the ecosystem profile that banks use with this scheme. */
  public String ecosystem() {
    return file.ecosystem();
  }

  /** The roles that there are, each with a text for people. */
  public Map<String, String> roles() {
    return Collections.unmodifiableMap(file.roles());
  }

  /** The scheme's word for a standing of an organisation. */
  public String organisationWord(String standing) {
    return file.words().organisation().get(standing);
  }

  /** The scheme's word for a standing of a software. */
  public String softwareWord(String standing) {
    return file.words().software().get(standing);
  }

  /** The scheme's word for a standing of a role. */
  public String roleWord(String standing) {
    return file.words().role().get(standing);
  }

  /** The algorithm with which statements are signed. */
  public String algorithm() {
    return file.statement().algorithm();
  }

  /** The {@code typ} of statements. */
  public String type() {
    return file.statement().type();
  }

  /** How long a statement is valid; empty if it does not expire. */
  public Optional<Duration> lifetime() {
    return Optional.ofNullable(file.statement().lifetime()).map(Duration::ofSeconds);
  }

  /** The name of the set with the keys for statements, such as {@code statements.jwks}. */
  public String keys() {
    return file.statement().keys();
  }

  /** The members of a statement. */
  public JsonNode statement(Values values) {
    return statement.fill(values);
  }

  /** The list of participants. */
  public JsonNode participants(Values values) {
    return participants.fill(values);
  }

  /** What certificates for mutual TLS say. */
  public CertificateTemplate transport() {
    return transport;
  }

  /** What certificates for signing say. */
  public CertificateTemplate signing() {
    return signing;
  }
}
