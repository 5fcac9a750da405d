package io.github.fapipack.portal;

import io.github.fapipack.authority.Authority;
import io.github.fapipack.authority.CertificatePem;
import io.github.fapipack.authority.Issued;
import io.github.fapipack.authority.Reason;
import io.github.fapipack.scheme.Duty;
import io.github.fapipack.scheme.SchemeFault;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Arrays;
import org.keycloak.models.KeycloakSession;

/** An issued certificate. */
public final class CertificatePages {

  private static final String REASON = "reason";

  /** The media type of certificates as PEM (RFC 8555 9.1). */
  private static final String PEM = "application/pem-certificate-chain";

  private final KeycloakSession session;
  private final String serial;

  CertificatePages(KeycloakSession session, String serial) {
    this.session = session;
    this.serial = serial;
  }

  @GET
  public Response show() throws IOException {
    return PortalRequest.read(
        session,
        request -> {
          Words words = request.words();
          Issued certificate = find(request);
          return new PortalPage(request, words.of("certificate.title"), trail(request, certificate))
              .add(facts(request, certificate))
              .render();
        });
  }

  private Section facts(PortalRequest request, Issued certificate) {
    Words words = request.words();
    Section section =
        new Section("certificate", words.of("certificate.title"))
            .fact(words.of("field.state"), CertificateList.state(words, certificate))
            .fact(words.of("certificate.serial"), Cell.code(certificate.serial()))
            .fact(
                words.of("certificate.use"),
                Cell.text(words.of("use." + certificate.use().jsonName())))
            .fact(words.of("certificate.subject"), Cell.code(certificate.subject()))
            .fact(words.of("certificate.key"), Cell.code(certificate.keyThumbprint()))
            .fact(words.of("certificate.from"), Cell.text(words.moment(certificate.issuedAt())))
            .fact(words.of("certificate.until"), Cell.text(words.moment(certificate.notAfter())))
            .fact(words.of("certificate.by"), Cell.quoted(certificate.requestedBy()));
    if (certificate.revokedAt() != null) {
      section
          .fact(words.of("certificate.revoked"), Cell.text(words.moment(certificate.revokedAt())))
          .fact(
              words.of("certificate.reason"),
              Cell.text(words.of("reason." + certificate.reason().jsonName())))
          .fact(words.of("certificate.revoked.by"), Cell.quoted(certificate.revokedBy()));
    } else if (CertificateList.endsSoon(certificate)) {
      section.warning(words.of("certificates.soon", words.day(certificate.notAfter())));
    }
    return section
        .mainIf(true, words.of("certificate.download"), page(request, "certificate.pem"))
        .link(words.of("certificate.chain"), page(request, "chain.pem"))
        .linkIf(
            certificate.revokedAt() == null
                && request.desk().access().may(certificate.organisationId(), Duty.TECHNICAL),
            words.of("certificate.revoke"),
            page(request, "revoke"));
  }

  @GET
  @Path("certificate.pem")
  public Response pem() throws IOException {
    return PortalRequest.read(
        session, request -> Download.text(serial + ".pem", PEM, find(request).pem()));
  }

  /** The certificate and those above it. */
  @GET
  @Path("chain.pem")
  public Response chain() throws IOException {
    return PortalRequest.read(
        session,
        request -> {
          StringBuilder chain = new StringBuilder(find(request).pem().strip()).append('\n');
          Authority.of(session)
              .ifPresent(
                  authority ->
                      authority.chain().forEach(one -> chain.append(CertificatePem.of(one))));
          return Download.text(serial + "-chain.pem", PEM, chain.toString());
        });
  }

  @GET
  @Path("revoke")
  public Response ask() throws IOException {
    return PortalRequest.read(
        session, request -> request.show(revocation(request), trail(request, find(request))));
  }

  @POST
  @Path("revoke")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response revoke() throws IOException {
    return PortalRequest.change(
        session,
        request ->
            request.submit(
                () -> revocation(request),
                trail(request, find(request)),
                () -> {
                  request.desk().revoke(serial, reason(request));
                  return request.done("certificates/" + serial, "certificate.revoke.done");
                }));
  }

  private Form revocation(PortalRequest request) {
    Words words = request.words();
    Issued certificate = find(request);
    request.require(certificate.organisationId(), Duty.TECHNICAL);
    Field reason = Field.choice(REASON, words.of("certificate.reason"));
    Arrays.stream(Reason.values())
        .forEach(one -> reason.option(one.jsonName(), words.of("reason." + one.jsonName())));
    return new Form(
            words.of("certificate.revoke.title"),
            words.of("certificate.revoke"),
            request.address("certificates/" + serial))
        .fact(words.of("certificate.serial"), Cell.code(certificate.serial()))
        .fact(words.of("certificate.subject"), Cell.code(certificate.subject()))
        .paragraph(words.of("certificate.revoke.what"))
        .field(reason)
        .dangerous();
  }

  private static Reason reason(PortalRequest request) {
    return Arrays.stream(Reason.values())
        .filter(one -> one.jsonName().equals(request.sent().text(REASON)))
        .findFirst()
        .orElseThrow(
            () ->
                new SchemeFault(
                    SchemeFault.Kind.INVALID, REASON, "say why the certificate is revoked"));
  }

  private Issued find(PortalRequest request) {
    return request.desk().certificate(serial);
  }

  private static Trail trail(PortalRequest request, Issued certificate) {
    try {
      return Trail.of(request, request.desk().softwareById(certificate.softwareId()));
    } catch (SchemeFault e) {
      return Trail.of(request); // the list outlives what it tells of
    }
  }

  private String page(PortalRequest request, String name) {
    return request.address("certificates/" + serial + "/" + name);
  }
}
