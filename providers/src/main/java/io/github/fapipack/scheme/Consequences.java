package io.github.fapipack.scheme;

import io.github.fapipack.authority.IssuedCertificates;
import io.github.fapipack.authority.Reason;

/**
 * What follows from a decision: clients of software that is not active are disabled, and the
 * certificates of what has ended for good are revoked.
 */
final class Consequences {

  private final Workplace at;

  Consequences(Workplace at) {
    this.at = at;
  }

  /** After a decision about an organisation. */
  void of(Organisation organisation) {
    SoftwareClients clients = new SoftwareClients(at);
    new SoftwareDesk(at)
        .rows(organisation.id())
        .forEach(row -> clients.follow(Rows.software(row, organisation), organisation));
    if (organisation.standing() == Standing.WITHDRAWN) {
      revoke(organisation.id(), null);
    }
  }

  /** After a decision about a software. */
  void of(Organisation organisation, Software software) {
    new SoftwareClients(at).follow(software, organisation);
    if (software.effective() == Standing.WITHDRAWN) {
      revoke(organisation.id(), software.id());
    }
  }

  private void revoke(String organisationId, String softwareId) {
    IssuedCertificates.of(at.session())
        .revokeAll(organisationId, softwareId, Reason.CESSATION_OF_OPERATION, at.access().name());
  }
}
