package io.github.fapipack.resourceserver.request;

import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** In which field, and how, the proxy tells the client certificate of its connection. */
public final class ForwardedCertificate {
  private static final int LONGEST = 16_384;

  private final String field;
  private final Form form;

  /** Reads a value. */
  @FunctionalInterface
  private interface Form {
    Optional<X509Certificate> of(String value) throws RefusedRequest;
  }

  private ForwardedCertificate(String field, Form form) {
    this.field = field;
    this.form = form;
  }

  /** {@code Client-Cert}, as RFC 9440 defines it: HAProxy, Apache APISIX and others. */
  public static ForwardedCertificate clientCert() {
    return new ForwardedCertificate("Client-Cert", CertificateText::ofByteSequence);
  }

  /**
   * What nginx writes with {@code proxy_set_header X-SSL-Client-Cert $ssl_client_escaped_cert};
   * also the ingress controllers that are made of it.
   *
   * @param field the name of the field in that line
   */
  public static ForwardedCertificate nginx(String field) {
    return new ForwardedCertificate(field, CertificateText::ofEscapedPem);
  }

  /**
   * {@code X-Forwarded-Client-Cert} of Envoy, Istio and others of that kind, with {@code
   * set_current_client_cert_details: {cert: true}}; its last element.
   */
  public static ForwardedCertificate envoy() {
    return new ForwardedCertificate("X-Forwarded-Client-Cert", EnvoyCertificate::of);
  }

  /**
   * The certificate; empty if the client had none.
   *
   * @throws RefusedRequest if the field came twice, or is no certificate
   */
  Optional<X509Certificate> of(ApiRequest received) throws RefusedRequest {
    Optional<String> value = ProxyFields.single(received, field, LONGEST);
    return value.isEmpty() ? Optional.empty() : form.of(value.get());
  }
}
