package io.github.fapipack.portal;

import io.github.fapipack.authority.Issued;
import io.github.fapipack.authority.RequestFault;
import io.github.fapipack.authority.Use;
import io.github.fapipack.scheme.Duty;
import io.github.fapipack.scheme.SchemeFault;
import io.github.fapipack.scheme.Software;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.keycloak.models.KeycloakSession;

/** Where a certificate for a software is ordered. */
public final class OrderPage {

  private static final String REQUEST = "request";

  private final KeycloakSession session;
  private final String id;

  OrderPage(KeycloakSession session, String id) {
    this.session = session;
    this.id = id;
  }

  @GET
  public Response form() throws IOException {
    return PortalRequest.read(
        session,
        request -> request.show(form(request), Trail.of(request, request.desk().softwareById(id))));
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response order() throws IOException {
    return PortalRequest.upload(
        session,
        request ->
            request.submit(
                () -> form(request),
                Trail.of(request, request.desk().softwareById(id)),
                () -> {
                  Issued issued = order(request);
                  return request.done("certificates/" + issued.serial(), "order.done");
                }));
  }

  private Issued order(PortalRequest request) {
    Sent sent = request.sent();
    Use use =
        Arrays.stream(Use.values())
            .filter(one -> one.jsonName().equals(sent.text("use")))
            .findFirst()
            .orElseThrow(
                () ->
                    new SchemeFault(
                        SchemeFault.Kind.INVALID, "use", "say what the certificate is for"));
    String pem =
        sent.file() == null
            ? sent.text(REQUEST)
            : new String(sent.file().content(), StandardCharsets.ISO_8859_1);
    try {
      return request.desk().order(id, use, pem);
    } catch (RequestFault fault) {
      throw new SchemeFault(SchemeFault.Kind.INVALID, REQUEST, fault.getMessage());
    }
  }

  private Form form(PortalRequest request) {
    Words words = request.words();
    Software software = request.desk().softwareById(id);
    request.require(software.organisationId(), Duty.TECHNICAL);
    return new Form(
            words.of("order.title"), words.of("order.button"), Addresses.of(request, software))
        .paragraph(words.of("order.intro"))
        .code(words.of("order.command"), command(software))
        .paragraph(words.of("order.key"))
        .field(
            Field.choice("use", words.of("certificate.use"))
                .option(Use.TRANSPORT.jsonName(), words.of("use.transport.what"))
                .option(Use.SIGNING.jsonName(), words.of("use.signing.what")))
        .field(
            Field.lines(REQUEST, words.of("order.request"))
                .hint(words.of("order.request.hint"))
                .copied())
        .field(
            Field.file(SentFile.FIELD, words.of("order.file"), ".csr,.pem,.req")
                .optional(words.of("order.file.instead")));
  }

  /** The subject is the scheme's, whatever the request says; OpenSSL only wants one. */
  private static String command(Software software) {
    return "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout client.key"
        + " -out client.csr -subj \"/CN="
        + software.id()
        + "\"";
  }
}
