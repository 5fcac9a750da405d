package io.github.fapipack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.samples.SchemeOperator;
import io.github.fapipack.it.samples.SchemeSoftware;
import io.github.fapipack.it.scheme.CertificateRequests;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.UUID;

/** An organisation joins a scheme: from its entry to the statement about its software. */
final class JoiningSteps {
  static final String READER = "data-reader";
  static final String PAYER = "payment-initiator";
  static final List<String> ROLES = List.of(READER, PAYER);

  private final ServedScheme at;
  private final SchemeOperator operator;
  private final DirectoryAccess directory;
  private final FlowReport report;

  JoiningSteps(ServedScheme at, FlowReport report) {
    this.at = at;
    this.operator = at.operator();
    this.directory = new DirectoryAccess(at);
    this.report = report;
  }

  Participant run() {
    String organisation = enter();
    SchemeSoftware software = addSoftware(organisation);
    return new Participant(software, certify(software));
  }

  private String enter() {
    String name = "Fintech " + UUID.randomUUID().toString().substring(0, 8);
    report.step("The operator admits an organisation", "role " + READER);
    ObjectNode body = SchemeOperator.organisationBody(name, "HRB 4711", List.of(READER));
    JsonNode organisation = operate("POST", "/organisations", body);
    report.check(
        organisation.path("standing").asText().equals("active"), "the organisation is active");
    report.step("The organisation applies for a further role", "role " + PAYER);
    String path = "/organisations/" + organisation.path("id").asText();
    body = SchemeOperator.organisationBody(name, "HRB 4711", ROLES);
    JsonNode applied =
        operate("PUT", path, body.put("version", organisation.path("version").asLong()));
    report.check(
        applied.path("roles").path(PAYER).asText().equals("pending"),
        "it waits for the operator, who approves it later");
    return organisation.path("id").asText();
  }

  private SchemeSoftware addSoftware(String organisation) {
    report.step("The organisation adds a software", "RFC7591 2");
    String redirectUri = Participant.redirectUri();
    SchemeSoftware software =
        SchemeSoftware.add(operator, organisation, "Budget planner", redirectUri, List.of(READER));
    report.value("software", software.id());
    report.value("redirect URI", redirectUri);
    report.value("roles", operator.get("/software/" + software.id()).path("roles").toString());
    HttpExchange keys = directory.get(software.keysPath());
    report.line("GET " + keys.uri() + " <- " + keys.status());
    report.check(
        keys.json().path("keys").size() == software.keys().set().getKeys().size(),
        "the directory publishes the public keys of the software");
    return software;
  }

  private ClientCertificate certify(SchemeSoftware software) {
    report.step("Key, certificate request and certificate", "RFC2986, RFC5280");
    KeyPair keys = Keys.ec();
    report.line("the private key never leaves the organisation; the request has the public one:");
    CertificateRequests.of(keys).lines().limit(2).forEach(line -> report.line("   " + line));
    X509Certificate issued = operator.certify(software.id(), keys);
    report.value("subject", issued.getSubjectX500Principal().getName());
    report.value("serial", SchemeOperator.serial(issued));
    report.value("ends", issued.getNotAfter().toInstant().toString());
    report.check(isIssued(issued), "it comes from the authority of the directory");
    report.check(
        issued.getSubjectX500Principal().getName().contains("CN=" + software.id()),
        "its names are those of the software, whatever the request said");
    JsonNode entry = operator.get("/certificates/" + SchemeOperator.serial(issued));
    report.check(!entry.path("requestedBy").asText().isEmpty(), "the list says who asked for it");
    return new ClientCertificate(keys.getPrivate(), issued, at.intermediates());
  }

  private boolean isIssued(X509Certificate certificate) {
    try {
      certificate.verify(at.issuers().get(0).getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Another organisation of the scheme, which is honest in this, and whose things get stolen. */
  Participant somebodyElse() {
    JsonNode organisation =
        operator.organisation(
            "Neighbour " + UUID.randomUUID().toString().substring(0, 8), "HRB 4712", ROLES);
    SchemeSoftware software =
        SchemeSoftware.add(
            operator,
            organisation.path("id").asText(),
            "Bookkeeping",
            Participant.redirectUri(),
            ROLES);
    KeyPair keys = Keys.ec();
    X509Certificate issued = operator.certify(software.id(), keys);
    return new Participant(
        software, new ClientCertificate(keys.getPrivate(), issued, at.intermediates()));
  }

  /** Gets a token and with it the statement; others must not. */
  String fetchStatement(Participant joined, Participant other) {
    report.step("A token of the software, over mutual TLS", "RFC6749 4.4, RFC8705 2.1, 3");
    HttpExchange answer = directory.token(joined, joined.certificate()).expectStatus(200);
    report.exchange(answer);
    String token = answer.json().path("access_token").asText();
    report.jwt("access token", token);
    report.attack(
        "A token over the certificate of another organisation",
        "RFC8705 2.1",
        () -> directory.token(joined, other.certificate()));
    report.attack(
        "A token without a certificate", "RFC8705 2", () -> directory.token(joined, null));
    report.step("The statement about the software", "RFC7591 2.3");
    HttpExchange statement = directory.statement(joined, token, joined.certificate());
    report.line("GET " + statement.uri() + " <- " + statement.status());
    report.jwt("software statement", statement.expectStatus(200).body());
    report.attack(
        "A stolen token, over the certificate of another organisation",
        "RFC8705 3-2",
        () -> directory.statement(joined, token, other.certificate()));
    report.attack(
        "The statement about the software of another organisation",
        "RFC7591 2.3",
        () -> directory.statement(other, token, joined.certificate()));
    return statement.body();
  }

  private JsonNode operate(String method, String path, JsonNode body) {
    report.line(method + " /admin/realms" + operator.path(path));
    JsonNode answer = operator.send(method, path, body);
    report.json(answer);
    return answer;
  }
}
