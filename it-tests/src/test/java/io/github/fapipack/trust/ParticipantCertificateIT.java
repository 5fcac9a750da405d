package io.github.fapipack.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.directory.Brazil;
import io.github.fapipack.it.directory.Directory;
import io.github.fapipack.it.directory.Failure;
import io.github.fapipack.it.directory.Organisation;
import io.github.fapipack.it.directory.Software;
import io.github.fapipack.it.directory.Subject;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.CertificateOrder;
import io.github.fapipack.it.pki.CertificatePurpose;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.SoftwareRegistration;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.time.Await;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The certificate with which software registers must be its own, and must count. */
class ParticipantCertificateIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static Directory directory;
  private static Organisation organisation;
  private static SoftwareRegistration registration;

  @BeforeAll
  static void joinEcosystem() {
    directory = Directory.start(new Brazil(), realm.server());
    organisation = directory.organisation("Fintech Limitada");
    registration = SoftwareRegistration.in(realm, directory);
  }

  @AfterAll
  static void stopDirectory() {
    directory.close();
  }

  @AfterEach
  void recover() {
    directory.certificates().states().recover();
  }

  private static void refuses(
      Software software, ClientCertificate certificate, int status, String error) {
    registration.register(software.registration(), certificate).expectError(status, error);
    registration.register(software).expectStatus(201);
  }

  @Test
  @Rejects(by = "RequireParticipantCertificate", value = "RFC8705 2.1-1")
  void nothingRegistersWithoutCertificate() {
    refuses(organisation.software("Sem TLS"), null, 401, "invalid_client");
  }

  @Test
  @Rejects(by = "RequireParticipantCertificate", value = "RFC7591 5-3")
  void theSameNamesFromAnotherAuthorityDoNotCount() {
    Software software = organisation.software("Falso");
    // The server's listener trusts this one; the ecosystem does not.
    CertificateAuthority other = realm.server().pki().clientCa().subordinate(Directory.AUTHORITY);
    KeyPair keys = Keys.ec();
    CertificateOrder order = directory.certificates().order(software, keys);
    refuses(software, other.issue(order, keys.getPrivate()), 401, "invalid_client");
  }

  @Test
  @Rejects(by = "RequireParticipantCertificate", value = "RFC7591 5-3")
  void anotherSoftwaresCertificateDoesNotCount() {
    Software software = organisation.software("Vítima");
    refuses(
        software,
        organisation.software("Irmão").certificate(),
        400,
        "unapproved_software_statement");
    Organisation others = directory.organisation("Outra Limitada");
    Software foreign = organisation.software("Vítima 2");
    refuses(
        foreign, others.software("Vítima 2").certificate(), 400, "unapproved_software_statement");
  }

  private static ClientCertificate named(Subject subject) {
    KeyPair keys = Keys.ec();
    return directory
        .certificates()
        .authority()
        .issue(CertificateOrder.of(subject.build(), keys.getPublic()), keys.getPrivate());
  }

  @Test
  @Rejects(by = "RequireParticipantCertificate", value = "RFC7591 5-3")
  void namesThatTheHolderHasChosenDoNotCountBesideTheIdentifiers() {
    Software victim = organisation.software("Vítima 3");
    Software attacker = directory.organisation("Terceira Limitada").software("Atacante");
    refuses(
        victim,
        named(
            new Subject()
                .with(BCStyle.ORGANIZATION_IDENTIFIER, "OFBBR-" + organisation.id())
                .with(BCStyle.UID, attacker.id())
                .with(BCStyle.CN, victim.id())),
        400,
        "unapproved_software_statement");
    Software another = organisation.software("Vítima 4");
    refuses(
        another,
        named(
            new Subject()
                .with(BCStyle.ORGANIZATION_IDENTIFIER, "OFBBR-" + attacker.organisation().id())
                .with(BCStyle.OU, organisation.id())
                .with(BCStyle.UID, another.id())),
        400,
        "unapproved_software_statement");
  }

  @Test
  @Accepts(by = "RequireParticipantCertificate", value = "RFC7591 5-3")
  void anOlderCertificateWithoutIdentifiersCountsByItsOtherNames() {
    Software software = organisation.software("Antigo");
    registration
        .register(
            software.registration(),
            named(
                new Subject().with(BCStyle.OU, organisation.id()).with(BCStyle.CN, software.id())))
        .expectStatus(201);
  }

  @Test
  @Rejects(by = "RequireParticipantCertificate", value = "RFC8705 2.1-1")
  void aRevokedCertificateDoesNotCount() {
    Software software = organisation.software("Revogado");
    ClientCertificate certificate = software.certificate();
    directory.certificates().revoke(certificate);
    refuses(software, certificate, 401, "invalid_client");
  }

  @Test
  @Rejects(by = "RequireParticipantCertificate", value = "RFC8705 2.1-1")
  void anExpiredCertificateDoesNotCount() {
    Software software = organisation.software("Vencido");
    KeyPair keys = Keys.ec();
    CertificateOrder order =
        directory
            .certificates()
            .order(software, keys)
            .valid(Instant.now().minusSeconds(7200), Instant.now().minusSeconds(3600));
    ClientCertificate expired =
        directory.certificates().authority().issue(order, keys.getPrivate());
    boolean refused;
    try {
      refused = registration.register(software.registration(), expired).status() == 401;
    } catch (UncheckedIOException e) {
      refused = true; // by the handshake
    }
    assertThat(refused).isTrue();
    registration.register(software).expectStatus(201);
  }

  @Test
  @Rejects(by = "RequireParticipantCertificate", value = "RFC8705 2.1-1")
  void aCertificateForAnotherUseDoesNotCount() {
    Software software = organisation.software("Servidor");
    KeyPair keys = Keys.ec();
    CertificateOrder order =
        directory.certificates().order(software, keys).as(CertificatePurpose.SERVER);
    ClientCertificate forServers =
        directory.certificates().authority().issue(order, keys.getPrivate());
    boolean refused;
    try {
      refused = registration.register(software.registration(), forServers).status() == 401;
    } catch (UncheckedIOException e) {
      refused = true; // by the handshake
    }
    assertThat(refused).isTrue();
  }

  @Test
  @Rejects(by = "RequireParticipantCertificate", value = "RFC8705 2.1-1")
  void nothingRegistersWhileNobodySaysWhetherItWasRevoked() {
    Software software = organisation.software("Sem resposta");
    ClientCertificate certificate = software.certificate();
    directory.certificates().states().fail(Failure.ERROR);
    registration.register(software.registration(), certificate).expectError(401, "invalid_client");
    directory.certificates().states().recover();
    // The responder is not asked again at once.
    Await.atMost(Duration.ofSeconds(60))
        .every(Duration.ofSeconds(2))
        .until("the software registers", () -> registration.register(software).status() == 201);
  }

  @Test
  @Accepts(by = "RequireParticipantCertificate", value = "RFC7591 5-3")
  void namesAreComparedAsNames() {
    Software software = organisation.software("Maiúsculas");
    ObjectNode request = software.metadata();
    request.put(
        "software_statement",
        software
            .statement()
            .with("software_id", software.id().toUpperCase(java.util.Locale.ROOT))
            .sign());
    registration.register(request, software.certificate()).expectStatus(201);
  }
}
