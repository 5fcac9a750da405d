package io.github.fapipack.scheme;

import io.github.fapipack.authority.Authority;
import io.github.fapipack.authority.Issued;
import io.github.fapipack.authority.IssuedCertificates;
import io.github.fapipack.authority.Order;
import io.github.fapipack.authority.Reason;
import io.github.fapipack.authority.RequestFault;
import io.github.fapipack.authority.Search;
import io.github.fapipack.authority.Use;
import io.github.fapipack.scheme.SchemeFault.Kind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.common.util.PemUtils;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Certificates of software. */
final class CertificateDesk {

  private static final String WHAT = "CERTIFICATE";
  private static final int LONGEST_REQUEST = 16 * 1024;

  private final Workplace at;

  CertificateDesk(Workplace at) {
    this.at = at;
  }

  private IssuedCertificates issued() {
    return IssuedCertificates.of(at.session());
  }

  Page<Issued> search(Search search, int first, int max) {
    Stream.of(search.organisationId(), search.softwareId())
        .filter(Objects::nonNull)
        .forEach(Checked::id);
    if (!at.access().operator()) {
      if (search.softwareId() != null) {
        new SoftwareDesk(at).byId(search.softwareId());
      } else if (search.organisationId() != null) {
        at.requireSight(search.organisationId());
      } else {
        at.requireOperator();
      }
    }
    List<Issued> found = issued().search(search, first, max);
    return new Page<>(found, first, issued().count(search));
  }

  Issued bySerial(String serial) {
    if (serial == null || !serial.matches("[0-9a-f]{1,40}")) {
      throw Workplace.unknown();
    }
    Issued found = issued().bySerial(serial).orElseThrow(Workplace::unknown);
    at.requireSight(found.organisationId());
    return found;
  }

  Issued order(String softwareId, Use use, String request) {
    Software software = new SoftwareDesk(at).byId(softwareId);
    at.require(software.organisationId(), Duty.TECHNICAL);
    if (software.effective() != Standing.ACTIVE) {
      throw new SchemeFault(
          Kind.FORBIDDEN,
          null,
          "the organisation or the software is not active; ask the operator of the scheme");
    }
    if (request == null || request.isBlank()) {
      throw Workplace.invalid("request", "request is missing");
    }
    if (request.length() > LONGEST_REQUEST) {
      throw new SchemeFault(
          Kind.TOO_LARGE, "request", "request must have at most " + LONGEST_REQUEST + " bytes");
    }
    Organisation organisation = new OrganisationDesk(at).byId(software.organisationId());
    Issued made = issue(organisation, software, use, request);
    if (use == Use.SIGNING) {
      publish(software, made);
    } else {
      new SoftwareClients(at).subject(software, organisation);
    }
    at.events()
        .write(
            OperationType.CREATE,
            WHAT,
            Map.of("serial", made.serial(), "use", use.jsonName(), "subject", made.subject()),
            SoftwareDesk.path(software, "certificates", made.serial()));
    return made;
  }

  private Issued issue(Organisation organisation, Software software, Use use, String request) {
    Authority authority =
        Authority.of(at.session())
            .orElseThrow(
                () ->
                    Workplace.conflict(
                        "the directory has no issuing key; its operator must add one"));
    SchemeTemplate template = at.template();
    Order order =
        new Order(
            organisation.id(),
            software.id(),
            use,
            template.subject(use, organisation, software),
            template.dnsNames(use, organisation, software),
            template.uris(use, organisation, software),
            template.lifetime(use),
            at.access().name());
    try {
      return authority.issue(order, request);
    } catch (RequestFault e) {
      throw Workplace.invalid("request", e.getMessage());
    }
  }

  private void publish(Software software, Issued made) {
    SentKey key = SentKey.of(PemUtils.decodeCertificate(made.pem()));
    try {
      new KeyDesk(at).publish(software.organisationId(), software.id(), key, made.serial());
    } catch (SchemeFault e) {
      discard(made);
      throw e;
    }
  }

  /**
   * Nobody gets the certificate, which is in the list already, whatever becomes of this request.
   */
  private void discard(Issued made) {
    String realmId = at.realm().getId();
    KeycloakModelUtils.runJobInTransaction(
        at.session().getKeycloakSessionFactory(),
        session -> {
          session.getContext().setRealm(session.realms().getRealm(realmId));
          IssuedCertificates.of(session)
              .revoke(made.serial(), Reason.SUPERSEDED, at.access().name());
        });
  }

  Issued revoke(String serial, Reason reason) {
    Issued found = bySerial(serial);
    at.require(found.organisationId(), Duty.TECHNICAL);
    if (found.revokedAt() != null) {
      return found;
    }
    Issued revoked =
        issued().revoke(serial, reason, at.access().name()).orElseThrow(Workplace::unknown);
    new KeyDesk(at).revokeWith(serial);
    at.events()
        .write(
            OperationType.DELETE,
            WHAT,
            Map.of("serial", serial, "reason", reason.jsonName()),
            OrganisationDesk.path(
                found.organisationId(), "software", found.softwareId(), "certificates", serial));
    return revoked;
  }
}
