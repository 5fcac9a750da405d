package io.github.fapipack.resourceserver.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A request as it reaches the API, from a proxy unless a test says otherwise. */
final class Received {
  static final TrustedProxies PROXIES = TrustedProxies.of("10.0.0.0/8", "::1/128");

  private final String uri;
  private final List<HttpField> fields = new ArrayList<>();
  private String method = "GET";
  private String address = "10.1.2.3";
  private X509Certificate certificateOrNull;

  Received(String uri) {
    this.uri = uri;
  }

  Received method(String method) {
    this.method = method;
    return this;
  }

  Received from(String address) {
    this.address = address;
    return this;
  }

  Received with(String name, String value) {
    fields.add(new HttpField(name, value));
    return this;
  }

  Received over(X509Certificate certificate) {
    this.certificateOrNull = certificate;
    return this;
  }

  ApiRequest asSent(Frontend frontend) throws RefusedRequest {
    return frontend.asSent(
        new ApiRequest(
            method,
            uri,
            fields,
            ApiBody.NONE,
            new Peer(address(address), Optional.ofNullable(certificateOrNull))));
  }

  String uri(Frontend frontend) throws RefusedRequest {
    return asSent(frontend).targetUri();
  }

  Optional<X509Certificate> certificate(Frontend frontend) throws RefusedRequest {
    return asSent(frontend).peer().certificate();
  }

  void isMalformed(Frontend frontend) {
    try {
      fail("taken as " + asSent(frontend));
    } catch (RefusedRequest refusal) {
      assertThat(refusal.problem()).isEqualTo(Problem.INVALID_REQUEST);
      assertThat(refusal.sentence()).matches("[ !#-\\[\\]-~]+");
    }
  }

  static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
