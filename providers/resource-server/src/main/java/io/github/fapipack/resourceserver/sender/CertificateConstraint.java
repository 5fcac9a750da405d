package io.github.fapipack.resourceserver.sender;

import io.github.fapipack.resourceserver.jws.Sha256;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiRequest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;

/**
 * The client certificate of the connection is the one that the token is bound to (RFC 8705 3). The
 * TLS layer, or the proxy, has made sure that the client has its key.
 */
public final class CertificateConstraint {
  private static final String CLAUSE = "RFC8705 3";

  private final Clock clock;

  public CertificateConstraint(Clock clock) {
    this.clock = clock;
  }

  /**
   * Refuses a request without this certificate.
   *
   * @param thumbprint {@code x5t#S256} of the token
   */
  void check(ApiRequest request, String thumbprint) throws RefusedRequest {
    X509Certificate certificate =
        request
            .peer()
            .certificate()
            .orElseThrow(
                () ->
                    invalidToken(
                        "the access token is bound to a client certificate; connect with mutual TLS"
                            + " and this certificate"));
    if (!thumbprint.equals(thumbprint(certificate))) {
      throw invalidToken(
          "the access token is bound to another client certificate; connect with that one");
    }
    Instant now = clock.instant();
    if (now.isBefore(certificate.getNotBefore().toInstant())
        || now.isAfter(certificate.getNotAfter().toInstant())) {
      throw invalidToken(
          "the client certificate is not valid now; connect with one that is, and get a token for"
              + " it");
    }
  }

  private static String thumbprint(X509Certificate certificate) throws RefusedRequest {
    try {
      return Sha256.base64Url(certificate.getEncoded());
    } catch (CertificateEncodingException unreadable) {
      throw invalidToken("the client certificate cannot be read; connect with another one");
    }
  }

  private static RefusedRequest invalidToken(String sentence) {
    return new RefusedRequest(Problem.INVALID_TOKEN, sentence, CLAUSE);
  }
}
