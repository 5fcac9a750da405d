package io.github.fapipack.publication;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.authority.Authority;
import io.github.fapipack.authority.CertificatePem;
import io.github.fapipack.authority.Issued;
import io.github.fapipack.authority.Search;
import io.github.fapipack.authority.Use;
import io.github.fapipack.scheme.Desk;
import io.github.fapipack.scheme.Page;
import io.github.fapipack.scheme.SchemeFault;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;

/** What a software can do with its access token: get a statement, and certificates. */
public final class SoftwareResource {

  private static final String JWT = "application/jwt";

  /** Of a request for a certificate, in bytes. */
  private static final int LONGEST_REQUEST = 16 * 1024;

  private static final int MOST_CERTIFICATES = 100;

  private final KeycloakSession session;
  private final String organisation;
  private final String software;

  SoftwareResource(KeycloakSession session, String organisation, String software) {
    this.session = session;
    this.organisation = organisation;
    this.software = software;
  }

  /** A current statement about the software (RFC 7591 2.3). */
  @GET
  @Path("assertion")
  public Response assertion() {
    return answer(desk -> Response.ok(desk.statement(software), JWT));
  }

  /** The certificates of the software, latest first. */
  @GET
  @Path("certificates")
  public Response certificates(
      @QueryParam("first") @DefaultValue("0") String first,
      @QueryParam("max") @DefaultValue("20") String max) {
    return answer(
        desk -> {
          Page<Issued> page =
              desk.certificates(
                  Search.ofSoftware(software),
                  number("first", first, Integer.MAX_VALUE),
                  number("max", max, MOST_CERTIFICATES));
          ObjectNode document =
              JsonNodeFactory.instance
                  .objectNode()
                  .put("first", page.first())
                  .put("total", page.total());
          ArrayNode list = document.putArray("certificates");
          page.entries().forEach(each -> list.add(CertificateJson.of(each)));
          return Response.ok(document.toString(), MediaType.APPLICATION_JSON_TYPE);
        });
  }

  /**
   * Issues a certificate.
   *
   * @param use {@code transport} or {@code signing}
   * @param content a PKCS#10 request as PEM
   */
  @POST
  @Path("certificates")
  @Consumes({
    "application/x-pem-file",
    "application/pkcs10",
    MediaType.TEXT_PLAIN,
    MediaType.APPLICATION_OCTET_STREAM
  })
  public Response order(@QueryParam("use") String use, InputStream content) {
    return answer(
        desk -> {
          Issued issued = desk.order(software, use(use), text(content));
          ObjectNode document = CertificateJson.of(issued);
          ArrayNode chain = document.putArray("chain");
          Authority.of(session)
              .ifPresent(
                  authority ->
                      authority.chain().forEach(each -> chain.add(CertificatePem.of(each))));
          return Response.status(Status.CREATED)
              .entity(document.toString())
              .type(MediaType.APPLICATION_JSON_TYPE);
        });
  }

  private Response answer(Function<Desk, Response.ResponseBuilder> action) {
    Desk desk = SoftwareCaller.authenticate(session, organisation, software);
    try {
      return action.apply(desk).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    } catch (SchemeFault fault) {
      session.getTransactionManager().setRollbackOnly();
      return Errors.of(fault);
    }
  }

  private static Use use(String name) {
    return Arrays.stream(Use.values())
        .filter(use -> use.jsonName().equals(name))
        .findFirst()
        .orElseThrow(() -> invalid("use", "use must be transport or signing"));
  }

  private static int number(String field, String text, int largest) {
    if (!text.matches("[0-9]{1,9}")) {
      throw invalid(field, field + " must be a number");
    }
    return Math.min(Integer.parseInt(text), largest);
  }

  private static String text(InputStream content) {
    try {
      byte[] bytes = content == null ? new byte[0] : content.readNBytes(LONGEST_REQUEST + 1);
      if (bytes.length > LONGEST_REQUEST) {
        throw new SchemeFault(
            SchemeFault.Kind.TOO_LARGE,
            "request",
            "request must have at most " + LONGEST_REQUEST + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SchemeFault invalid(String field, String sentence) {
    return new SchemeFault(SchemeFault.Kind.INVALID, field, sentence);
  }
}
