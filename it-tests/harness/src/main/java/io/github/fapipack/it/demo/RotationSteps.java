package io.github.fapipack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.pki.PemCertificates;
import io.github.fapipack.it.samples.SchemeOperator;
import java.security.KeyPair;

/** A software gets a new certificate by itself, and the old one is revoked. */
final class RotationSteps {
  private final ServedScheme at;
  private final DirectoryAccess directory;
  private final FlowReport report;

  RotationSteps(ServedScheme at, FlowReport report) {
    this.at = at;
    this.directory = new DirectoryAccess(at);
    this.report = report;
  }

  /** The software with its new certificate. */
  Participant run(Participant joined, Participant other) {
    Participant renewed = order(joined);
    revokeOld(joined);
    report.attack(
        "A token over the old certificate",
        "RFC5280 5.3.1, RFC8705 2.1",
        () -> directory.token(joined, joined.certificate()));
    report.note(
        "the bank learns it when its last answer about the old certificate ends, after an hour at"
            + " the latest; a certificate that it has not asked about is refused at once");
    report.step("The new certificate works", "RFC8705 2.1");
    report.check(
        directory.token(renewed, renewed.certificate()).status() == 200,
        "the directory gives a token over it");
    attack(renewed, other);
    return renewed;
  }

  private Participant order(Participant joined) {
    report.step("The software orders a new certificate", "RFC2986");
    KeyPair keys = Keys.ec();
    HttpExchange answer = directory.order(joined, joined.software(), keys).expectStatus(201);
    report.line("POST " + answer.uri() + " <- " + answer.status());
    JsonNode issued = answer.json();
    for (String name : new String[] {"serial", "subject", "not_after"}) {
      report.value(name, issued.path(name).asText());
    }
    return joined.with(
        new ClientCertificate(
            keys.getPrivate(),
            PemCertificates.parse(issued.path("certificate").asText()).get(0),
            at.intermediates()));
  }

  private void revokeOld(Participant joined) {
    report.step("The old certificate is revoked", "RFC5280 5.3.1, RFC6960");
    JsonNode revoked = at.operator().revoke(joined.certificate().certificate(), "superseded");
    report.value("serial", SchemeOperator.serial(joined.certificate().certificate()));
    report.value("reason", revoked.path("reason").asText());
    report.check(
        !revoked.path("revokedAt").asText().isEmpty(), "the list of certificates says when");
  }

  private void attack(Participant renewed, Participant other) {
    report.attack(
        "A certificate for a key that is too short",
        "FAPI2-SP 5.4.1-2",
        () -> directory.order(renewed, renewed.software(), Keys.rsa(1024)));
    report.attack(
        "A certificate for the software of another organisation",
        "RFC2986",
        () -> directory.order(renewed, other.software(), Keys.ec()));
  }
}
