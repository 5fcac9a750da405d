package io.github.fapipack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.samples.SchemeOperator;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;

/** A software registers at a bank with its statement, and others try it with what is not theirs. */
final class RegistrationSteps {
  static final String STATEMENT = "software_statement";
  private static final String READING = "openid accounts";
  private static final String PAYING = "openid accounts payments";

  private final ServedScheme at;
  private final ClientAuth auth;
  private final SenderConstraint constraint;
  private final SchemeOperator operator;
  private final DirectoryAccess directory;
  private final BankRegistration bank;
  private final FlowReport report;

  RegistrationSteps(
      ServedScheme at, ClientAuth auth, SenderConstraint constraint, FlowReport report) {
    this.at = at;
    this.auth = auth;
    this.constraint = constraint;
    this.operator = at.operator();
    this.directory = new DirectoryAccess(at);
    this.bank = new BankRegistration(at);
    this.report = report;
  }

  /** Attacks before the software is registered, each of which leaves the statement unused. */
  void attack(Participant joined, Participant other, String statement) {
    report.attack(
        "Registration without a certificate",
        "RFC7591 5",
        () -> bank.register(body(joined, READING, statement), null));
    report.attack(
        "A stolen statement, over the certificate of another organisation",
        "RFC7591 2.3, RFC8705 2.1",
        () -> bank.register(body(joined, READING, statement), other.certificate()));
    report.attack(
        "A statement in which the role was replaced by a better one",
        "RFC7591 2.3",
        () -> bank.register(body(joined, PAYING, raised(statement)), joined.certificate()));
    report.attack(
        "A scope of a role that the software does not have",
        "RFC7591 3.1.1",
        () -> bank.register(body(joined, PAYING, statement), joined.certificate()));
    attackKeys(joined, other, statement);
    report.attack(
        "A redirect URI that is not in the statement",
        "RFC7591 2.3",
        () -> {
          ObjectNode body = body(joined, READING, statement);
          body.putArray("redirect_uris").add(other.software().redirectUri());
          return bank.register(body, joined.certificate());
        });
    report.attack(
        "A statement that has expired",
        "RFC7519 4.1.4",
        () -> bank.register(body(joined, READING, expired(joined)), joined.certificate()));
    report.attack(
        "A certificate that was revoked because its key was stolen",
        "RFC6960, RFC5280 5.3.1",
        () -> bank.register(body(joined, READING, statement), revoked(joined)));
  }

  private void attackKeys(Participant joined, Participant other, String statement) {
    report.attack(
        "Key swap: the address of somebody else's keys",
        "RFC7591 2.3",
        () -> {
          String address = at.directory() + "/directory" + other.software().keysPath();
          ObjectNode body = body(joined, READING, statement).put("jwks_uri", address);
          return bank.register(body, joined.certificate());
        });
    report.attack(
        "Key swap: a key of one's own in the request",
        "RFC7591 2.3",
        () -> {
          ObjectNode body = body(joined, READING, statement);
          body.remove("jwks_uri");
          body.set("jwks", Json.parse(ClientKeys.of(ClientKeys.es256()).publicJwks()));
          return bank.register(body, joined.certificate());
        });
  }

  /** The registration that the bank accepts. */
  HttpExchange register(Participant joined, String statement) {
    report.step("Registration at the bank", "RFC7591 3, RFC8705 2.1");
    report.line("the attacks have not used up the statement");
    HttpExchange answer =
        bank.register(body(joined, READING, statement), joined.certificate()).expectStatus(201);
    report.exchange(answer);
    report.check(
        answer.json().path("client_name").asText().equals(joined.software().name()),
        "the name is that of the statement");
    return answer;
  }

  /** Uses a statement again that was accepted once. */
  void replay(Participant joined, HttpExchange registered, String statement) {
    report.attack(
        "Replay: the same statement for an update of the client",
        "RFC7519 4.1.7",
        () -> replace(joined, registered, READING, statement));
    report.attack(
        "A second client for the same software",
        "RFC7591 3.2.2",
        () ->
            bank.register(
                body(joined, READING, directory.statement(joined)), joined.certificate()));
  }

  /** The operator approves the role that waits, and the software registers it. */
  void addRole(Participant joined, HttpExchange registered) {
    report.step("The operator approves the role that waits", "role " + JoiningSteps.PAYER);
    String organisation = joined.software().organisation();
    JsonNode decided =
        operator.decideRole(organisation, JoiningSteps.PAYER, "active", "contract signed");
    report.json(decided);
    report.step("The software takes the role as well", "role " + JoiningSteps.PAYER);
    String path = "/software/" + joined.software().id();
    long version = operator.get(path).path("version").asLong();
    JsonNode changed =
        operator.send(
            "PUT", path, joined.software().body(JoiningSteps.ROLES).put("version", version));
    report.value("roles", changed.path("roles").toString());
    report.step("A new statement, and an update of the client", "RFC7592 2.2");
    HttpExchange answer = replace(joined, registered, PAYING, directory.statement(joined));
    report.exchange(answer.expectStatus(200));
    report.check(
        answer.json().path("scope").asText().contains("payments"),
        "the client may now ask for payments");
  }

  /** Replaces the registration of a software. */
  HttpExchange replace(Participant joined, HttpExchange registered, String statement) {
    return replace(joined, registered, PAYING, statement);
  }

  private HttpExchange replace(
      Participant joined, HttpExchange registered, String scope, String statement) {
    ObjectNode body =
        body(joined, scope, statement)
            .put("client_id", registered.json().path("client_id").asText());
    return bank.replace(registered, body, joined.certificate());
  }

  private ObjectNode body(Participant joined, String scope, String statement) {
    return joined.metadata(at, auth, constraint, scope).put(STATEMENT, statement);
  }

  /** The statement with other claims under the same signature. */
  private static String raised(String statement) {
    String[] parts = statement.split("\\.");
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    byte[] forged =
        claims.replace(JoiningSteps.READER, JoiningSteps.PAYER).getBytes(StandardCharsets.UTF_8);
    parts[1] = Base64.getUrlEncoder().withoutPadding().encodeToString(forged);
    return String.join(".", parts);
  }

  /** A statement that ended when it was signed: for this one the template is changed. */
  private String expired(Participant joined) {
    ObjectNode template = (ObjectNode) at.template().deepCopy();
    template.withObject("/statement").withObject("/members").put("exp", "{now}");
    return operator.withTemplate(template, () -> directory.statement(joined));
  }

  /** A certificate of the software that the operator has revoked. */
  private ClientCertificate revoked(Participant joined) {
    KeyPair keys = Keys.ec();
    ClientCertificate stolen =
        new ClientCertificate(
            keys.getPrivate(), operator.certify(joined.software().id(), keys), at.intermediates());
    operator.revoke(stolen.certificate(), "key-compromise");
    return stolen;
  }
}
