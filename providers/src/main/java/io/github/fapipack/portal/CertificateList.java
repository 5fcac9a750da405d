package io.github.fapipack.portal;

import io.github.fapipack.authority.Issued;
import io.github.fapipack.authority.Search;
import io.github.fapipack.scheme.Organisation;
import io.github.fapipack.scheme.Page;
import io.github.fapipack.scheme.Software;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Lists of issued certificates. */
final class CertificateList {

  /** How long before its end a certificate is marked. */
  private static final Duration SOON = Duration.ofDays(30);

  private CertificateList() {}

  /** Those of a software, for its page. */
  static Section ofSoftware(PortalRequest request, Software software, boolean mayOrder) {
    Words words = request.words();
    Section section = new Section("certificates", words.of("certificates.title"));
    Page<Issued> page =
        request.desk().certificates(Search.ofSoftware(software.id()), 0, Paging.SIZE);
    page.entries().stream()
        .filter(CertificateList::endsSoon)
        .findFirst()
        .ifPresent(
            certificate ->
                section.warning(words.of("certificates.soon", words.day(certificate.notAfter()))));
    fill(request, section, page.entries());
    return section
        .mainIf(mayOrder, words.of("order.title"), Addresses.of(request, software, "certificate"))
        .linkIf(
            page.total() > Paging.SIZE,
            words.of("certificates.all"),
            request.address("organisations/" + software.organisationId() + "/certificates"));
  }

  static Response ofOrganisation(PortalRequest request, Organisation organisation)
      throws IOException {
    return show(
        request,
        organisation.id(),
        Addresses.of(request, organisation, "certificates"),
        Trail.of(request, organisation));
  }

  /** Those of the whole scheme. */
  static Response all(PortalRequest request) throws IOException {
    return show(request, null, request.address("operator/certificates"), Trail.of(request));
  }

  private static Response show(
      PortalRequest request, String organisationId, String address, Trail trail)
      throws IOException {
    Words words = request.words();
    String text = Lookup.text(request);
    String state = request.query("state");
    Boolean revoked =
        "revoked".equals(state) ? Boolean.TRUE : "active".equals(state) ? Boolean.FALSE : null;
    int first = Paging.position(request.query("first"));
    Page<Issued> page =
        request
            .desk()
            .certificates(
                new Search(organisationId, null, null, revoked, text), first, Paging.SIZE);
    Section section = new Section("certificates", words.of("certificates.title"));
    section.search(
        Lookup.model(
            words,
            address,
            text,
            "state",
            state,
            Map.of("active", words.of("state.active"), "revoked", words.of("state.revoked"))));
    fill(request, section, page.entries());
    section.paging(
        new Paging(
            words,
            Lookup.address(address, text, "state", state),
            first,
            page.entries().size(),
            page.total()));
    return new PortalPage(request, words.of("certificates.title"), trail).add(section).render();
  }

  private static void fill(PortalRequest request, Section section, List<Issued> certificates) {
    Words words = request.words();
    section.columns(
        words.of("certificate.serial"),
        words.of("certificate.use"),
        words.of("certificate.until"),
        words.of("field.state"));
    certificates.forEach(
        certificate ->
            section.row(
                Cell.code(certificate.serial())
                    .to(request.address("certificates/" + certificate.serial()))
                    .note(Words.name(certificate.subject())),
                Cell.text(words.of("use." + certificate.use().jsonName())),
                Cell.text(words.day(certificate.notAfter())),
                state(words, certificate)));
    section.otherwise(words.of("certificates.none"));
  }

  static Cell state(Words words, Issued certificate) {
    if (certificate.revokedAt() != null) {
      return Cell.text(words.of("state.revoked")).mark("withdrawn");
    }
    if (certificate.notAfter().isBefore(Instant.now())) {
      return Cell.text(words.of("state.expired")).mark("withdrawn");
    }
    return endsSoon(certificate)
        ? Cell.text(words.of("state.soon")).mark("suspended")
        : Cell.text(words.of("state.active")).mark("active");
  }

  static boolean endsSoon(Issued certificate) {
    Instant now = Instant.now();
    return certificate.revokedAt() == null
        && certificate.notAfter().isAfter(now)
        && certificate.notAfter().isBefore(now.plus(SOON));
  }
}
