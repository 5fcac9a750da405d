package io.github.fapipack.resourceserver.request;

import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;

/** One certificate, out of the forms in which proxies write it. */
final class CertificateText {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  private CertificateText() {}

  /** RFC 9440 2.1: a byte sequence of RFC 8941. */
  static Optional<X509Certificate> ofByteSequence(String value) throws RefusedRequest {
    boolean framed = value.length() > 2 && value.startsWith(":") && value.endsWith(":");
    if (!framed) {
      throw malformed();
    }
    return Optional.of(ofBase64(value.substring(1, value.length() - 1)));
  }

  /** PEM that is percent-encoded; a plus sign is one. */
  static Optional<X509Certificate> ofEscapedPem(String value) throws RefusedRequest {
    String pem = unescaped(value).strip();
    if (!pem.startsWith(BEGIN)
        || !pem.endsWith(END)
        || pem.length() < BEGIN.length() + END.length()) {
      throw malformed();
    }
    String base64 = pem.substring(BEGIN.length(), pem.length() - END.length());
    return Optional.of(ofBase64(withoutSpace(base64)));
  }

  private static X509Certificate ofBase64(String base64) throws RefusedRequest {
    try {
      byte[] der = Base64.getDecoder().decode(base64);
      ByteArrayInputStream stream = new ByteArrayInputStream(der);
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      X509Certificate certificate = (X509Certificate) factory.generateCertificate(stream);
      if (stream.available() > 0 || certificate.getEncoded().length != der.length) {
        throw malformed();
      }
      return certificate;
    } catch (CertificateException | RuntimeException unreadable) {
      throw malformed();
    }
  }

  private static String withoutSpace(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\n' && c != '\r' && c != '\t' && c != ' ') {
        kept.append(c);
      }
    }
    return kept.toString();
  }

  private static String unescaped(String text) throws RefusedRequest {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw malformed();
        }
        plain.append((char) (high << 4 | low));
        i += 2;
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  static RefusedRequest malformed() {
    return RequestSyntax.malformed(
        "the client certificate that the proxy tells is malformed", "RFC9440 2.1");
  }
}
