package io.github.fapipack.resourceserver.request;

import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * The field {@code X-Forwarded-Client-Cert}: elements separated by commas, in each pairs separated
 * by semicolons, and values that may be quoted. The last element is of the last proxy.
 */
final class EnvoyCertificate {
  private final String text;
  private int position;

  private EnvoyCertificate(String text) {
    this.text = text;
  }

  /** The certificate of the last element; empty if that has none. */
  static Optional<X509Certificate> of(String value) throws RefusedRequest {
    Optional<String> escaped = new EnvoyCertificate(value).lastCertificate();
    return escaped.isEmpty() ? Optional.empty() : CertificateText.ofEscapedPem(escaped.get());
  }

  private Optional<String> lastCertificate() throws RefusedRequest {
    String certificate = null;
    while (position < text.length()) {
      String name = name();
      String value = value();
      if (name.equalsIgnoreCase("Cert")) {
        if (certificate != null) {
          throw CertificateText.malformed();
        }
        certificate = value;
      }
      boolean another = position < text.length() && text.charAt(position) == ',';
      if (another) {
        certificate = null;
      }
      if (position < text.length() && ++position == text.length()) {
        throw CertificateText.malformed();
      }
    }
    return Optional.ofNullable(certificate).filter(value -> !value.isEmpty());
  }

  /** A name, which is of letters alone, and the equals sign after it. */
  private String name() throws RefusedRequest {
    while (position < text.length() && text.charAt(position) == ' ') {
      position++;
    }
    int start = position;
    while (position < text.length() && isLetter(text.charAt(position))) {
      position++;
    }
    boolean good = position > start && position < text.length() && text.charAt(position) == '=';
    if (!good) {
      throw CertificateText.malformed();
    }
    return text.substring(start, position++);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private String value() throws RefusedRequest {
    if (position < text.length() && text.charAt(position) == '"') {
      return quoted();
    }
    int start = position;
    while (position < text.length() && ",;".indexOf(text.charAt(position)) < 0) {
      position++;
    }
    return text.substring(start, position);
  }

  private String quoted() throws RefusedRequest {
    StringBuilder value = new StringBuilder();
    position++;
    while (position < text.length() && text.charAt(position) != '"') {
      if (text.charAt(position) == '\\') {
        position++;
      }
      if (position < text.length()) {
        value.append(text.charAt(position++));
      }
    }
    position++;
    if (position > text.length()
        || (position < text.length() && ",;".indexOf(text.charAt(position)) < 0)) {
      throw CertificateText.malformed();
    }
    return value.toString();
  }
}
