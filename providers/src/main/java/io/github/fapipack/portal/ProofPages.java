package io.github.fapipack.portal;

import io.github.fapipack.scheme.Duty;
import io.github.fapipack.scheme.Organisation;
import io.github.fapipack.scheme.Proof;
import io.github.fapipack.scheme.SchemeFault;
import io.github.fapipack.scheme.Software;
import io.github.fapipack.scheme.Standing;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/** Documents that prove certifications of an organisation and its software. */
public final class ProofPages {

  private static final String SOFTWARE = "software";

  private final KeycloakSession session;
  private final String id;

  ProofPages(KeycloakSession session, String id) {
    this.session = session;
    this.id = id;
  }

  @GET
  public Response show() throws IOException {
    return PortalRequest.read(
        session,
        request -> {
          Words words = request.words();
          Section section =
              new Section("proofs", words.of("proofs.title"))
                  .paragraph(words.of("proofs.what"))
                  .columns(
                      words.of("proofs.file"),
                      words.of("proofs.about"),
                      words.of("proofs.uploaded"),
                      words.of("field.standing"),
                      words.of("field.todo"));
          Map<String, String> names =
              request.desk().software(id).stream()
                  .collect(Collectors.toMap(Software::id, software -> software.data().name()));
          request
              .desk()
              .proofs(id)
              .forEach(proof -> row(request, section, proof, names.get(proof.softwareId())));
          section
              .otherwise(words.of("proofs.none"))
              .mainIf(may(request), words.of("proofs.upload"), page(request, "/upload"));
          return new PortalPage(
                  request, words.of("proofs.title"), Trail.of(request, organisation(request)))
              .add(section)
              .render();
        });
  }

  private void row(PortalRequest request, Section section, Proof proof, String software) {
    Words words = request.words();
    boolean pending = proof.standing() == Standing.PENDING;
    boolean operator = request.desk().access().operator();
    Cell action = Cell.text("");
    if (pending && operator) {
      action =
          Cell.text(words.of("action.decide"))
              .to(page(request, "/" + proof.id() + "/decide"), words.of("decide.of", proof.name()));
    } else if (proof.standing() != Standing.ACTIVE && may(request)) {
      action =
          Cell.text(words.of("action.delete"))
              .to(
                  page(request, "/" + proof.id() + "/delete"),
                  words.of("proofs.delete.of", proof.name()));
    }
    section.row(
        Cell.quoted(proof.name())
            .to(page(request, "/" + proof.id() + "/file"))
            .note(words.of("proofs.size", (proof.bytes() + 1023) / 1024)),
        software == null ? Cell.text(words.of("proofs.organisation")) : Cell.quoted(software),
        Cell.text(words.moment(proof.uploadedAt())).note(Words.name(proof.uploadedBy())),
        Cell.standing(words, proof.standing()).note(Words.name(proof.why())),
        action);
  }

  @GET
  @Path("upload")
  public Response form() throws IOException {
    return PortalRequest.read(
        session,
        request -> request.show(uploadForm(request), Trail.of(request, organisation(request))));
  }

  @POST
  @Path("upload")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response upload() throws IOException {
    return PortalRequest.upload(
        session,
        request ->
            request.submit(
                () -> uploadForm(request),
                Trail.of(request, organisation(request)),
                () -> {
                  SentFile file = request.sent().file();
                  if (file == null) {
                    throw new SchemeFault(
                        SchemeFault.Kind.INVALID, SentFile.FIELD, "choose a file");
                  }
                  request
                      .desk()
                      .upload(id, request.sent().textOrNull(SOFTWARE), file.name(), file.content());
                  return request.done(path(), "proofs.done");
                }));
  }

  private Form uploadForm(PortalRequest request) {
    request.require(id, Duty.TECHNICAL);
    Words words = request.words();
    Field about =
        Field.choice(SOFTWARE, words.of("proofs.about"))
            .option("", words.of("proofs.organisation"));
    request
        .desk()
        .software(id)
        .forEach(software -> about.option(software.id(), Words.name(software.data().name())));
    return new Form(words.of("proofs.upload"), words.of("proofs.upload.button"), page(request, ""))
        .field(about.value(""))
        .field(
            Field.file(SentFile.FIELD, words.of("proofs.file"), ".pdf,application/pdf")
                .hint(words.of("proofs.file.hint")));
  }

  /** The document, never shown as a page of this server. */
  @GET
  @Path("{proof}/file")
  public Response file(@PathParam("proof") String proof) throws IOException {
    return PortalRequest.read(
        session,
        request -> {
          Proof found = find(request, id, proof);
          return Download.foreign(found.name(), request.desk().content(found.id()));
        });
  }

  @GET
  @Path("{proof}/delete")
  public Response ask(@PathParam("proof") String proof) throws IOException {
    return PortalRequest.read(
        session,
        request ->
            request.show(deletion(request, proof), Trail.of(request, organisation(request))));
  }

  @POST
  @Path("{proof}/delete")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response delete(@PathParam("proof") String proof) throws IOException {
    return PortalRequest.change(
        session,
        request ->
            request.submit(
                () -> deletion(request, proof),
                Trail.of(request, organisation(request)),
                () -> {
                  request.desk().delete(find(request, id, proof).id());
                  return request.done(path(), "proofs.deleted");
                }));
  }

  private Form deletion(PortalRequest request, String proof) {
    request.require(id, Duty.TECHNICAL);
    Words words = request.words();
    return new Form(words.of("proofs.delete.title"), words.of("action.delete"), page(request, ""))
        .fact(words.of("proofs.file"), Cell.quoted(find(request, id, proof).name()))
        .paragraph(words.of("proofs.delete.what"))
        .dangerous();
  }

  /** The operator's decision about a proof. */
  @Path("{proof}/decide")
  public DecisionPage decide(@PathParam("proof") String proof) {
    return new DecisionPage(session, Decision.proof(id, proof));
  }

  /** A proof of an organisation. */
  static Proof find(PortalRequest request, String organisationId, String id) {
    Proof proof = request.desk().proof(id);
    if (!proof.organisationId().equals(organisationId)) {
      throw new SchemeFault(SchemeFault.Kind.UNKNOWN, null, "there is no such proof");
    }
    return proof;
  }

  private boolean may(PortalRequest request) {
    return request.desk().access().may(id, Duty.TECHNICAL);
  }

  private Organisation organisation(PortalRequest request) {
    return request.desk().organisation(id);
  }

  private String path() {
    return "organisations/" + id + "/proofs";
  }

  private String page(PortalRequest request, String page) {
    return request.address(path() + page);
  }
}
