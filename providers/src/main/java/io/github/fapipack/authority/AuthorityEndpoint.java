package io.github.fapipack.authority;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** Certificates, revocation lists and OCSP for everybody; nothing here is secret. */
public final class AuthorityEndpoint {

  private static final Logger LOGGER = Logger.getLogger(AuthorityEndpoint.class);

  private static final String ID = "{id: [0-9a-f]{32}}";
  private static final String OCSP_REQUEST = "application/ocsp-request";
  private static final String OCSP_RESPONSE = "application/ocsp-response";
  private static final String PKIX_CERT = "application/pkix-cert";

  private static final int MOST_BYTES = 8 * 1024;

  /** A URL with more would not pass many proxies (RFC 6960 A.1). */
  private static final int MOST_CHARACTERS = 1024;

  private final KeycloakSession session;

  AuthorityEndpoint(KeycloakSession session) {
    this.session = session;
  }

  /** The revocation list of an issuing key (RFC 5280 4.2.1.13). */
  @GET
  @Path(ID + ".crl")
  public Response list(@PathParam("id") String id) {
    return RevocationLists.latest(session, key(id))
        .map(
            list ->
                new Publication("application/pkix-crl", String.valueOf(list.number()))
                    .response(session, list.content(), list.thisUpdate(), list.nextUpdate()))
        .orElseGet(() -> Response.status(Status.SERVICE_UNAVAILABLE).build());
  }

  /** The issuing certificate (RFC 5280 4.2.2.1). */
  @GET
  @Path(ID + ".cer")
  public Response certificate(@PathParam("id") String id) {
    return der(key(id).certificate());
  }

  /** The root. */
  @GET
  @Path(ID + "-root.cer")
  public Response root(@PathParam("id") String id) {
    List<X509Certificate> chain = key(id).chain();
    return der(chain.get(chain.size() - 1));
  }

  /** The issuing certificate, then those above it up to the root. */
  @GET
  @Path(ID + ".pem")
  public Response chain(@PathParam("id") String id) {
    IssuingKey key = key(id);
    try {
      byte[] content =
          SandboxHierarchy.pem(key.chain()).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      return published("application/pem-certificate-chain", content, key.certificate());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static IllegalStateException unreadable(Exception e) {
    return new IllegalStateException("A certificate cannot be encoded", e);
  }

  private Response der(X509Certificate certificate) {
    try {
      return published(PKIX_CERT, certificate.getEncoded(), certificate);
    } catch (CertificateEncodingException e) {
      throw unreadable(e);
    }
  }

  private Response published(String type, byte[] content, X509Certificate certificate) {
    return new Publication(type, Digests.sha256(content).substring(0, 16))
        .response(
            session,
            content,
            certificate.getNotBefore().toInstant(),
            certificate.getNotAfter().toInstant());
  }

  private IssuingKey key(String id) {
    return IssuingKeys.byId(session, id).orElseThrow(NotFoundException::new);
  }

  /** The status of a certificate (RFC 6960 A.1). */
  @POST
  @Path("ocsp")
  @Consumes(OCSP_REQUEST)
  public Response status(InputStream body) {
    try {
      byte[] request = body.readNBytes(MOST_BYTES + 1);
      return request.length > MOST_BYTES
          ? fault(OCSPRespBuilder.MALFORMED_REQUEST)
          : status(request);
    } catch (IOException e) {
      return fault(OCSPRespBuilder.MALFORMED_REQUEST);
    }
  }

  /** The same, with the request in the path, where Base64 may contain slashes. */
  @GET
  @Path("ocsp/{request: .+}")
  public Response status() {
    return sent(session.getContext().getUri().getRequestUri().getRawPath())
        .map(this::status)
        .orElseGet(() -> fault(OCSPRespBuilder.MALFORMED_REQUEST));
  }

  private static Optional<byte[]> sent(String path) {
    String text = path.substring(path.indexOf("/ocsp/") + "/ocsp/".length());
    if (text.length() > MOST_CHARACTERS) {
      return Optional.empty();
    }
    String base64 =
        text.replaceAll("(?i)%2f", "/")
            .replaceAll("(?i)%2b", "+")
            .replaceAll("(?i)%3d", "=")
            .replace('-', '+')
            .replace('_', '/');
    try {
      return Optional.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Response status(byte[] request) {
    Optional<OcspQuestion> question = OcspQuestion.read(request);
    if (question.isEmpty()) {
      return fault(OCSPRespBuilder.MALFORMED_REQUEST);
    }
    try {
      return OcspResponder.answer(session, question.get())
          .map(this::signed)
          .orElseGet(() -> fault(OCSPRespBuilder.UNAUTHORIZED));
    } catch (IllegalStateException e) {
      LOGGER.error("An OCSP response cannot be signed", e);
      return fault(OCSPRespBuilder.TRY_LATER);
    }
  }

  private Response signed(OcspAnswer answer) {
    String tag = Digests.sha256(answer.content()).substring(0, 32);
    return new Publication(OCSP_RESPONSE, tag)
        .response(session, answer.content(), answer.thisUpdate(), answer.nextUpdate());
  }

  private static Response fault(int status) {
    return Response.ok(OcspAnswer.fault(status), OCSP_RESPONSE)
        .header("Cache-Control", "no-store")
        .build();
  }
}
