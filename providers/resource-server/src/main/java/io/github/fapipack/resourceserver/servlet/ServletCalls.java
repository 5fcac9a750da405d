package io.github.fapipack.resourceserver.servlet;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.request.ApiBody;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.Peer;
import io.github.fapipack.resourceserver.routes.PeerAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

/** Requests of a Servlet container, as the checks need them. */
final class ServletCalls {
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private ServletCalls() {}

  static ApiRequest of(HttpServletRequest request, ApiBody content) {
    return new ApiRequest(
        request.getMethod(),
        targetUri(request),
        fields(request),
        content,
        new Peer(PeerAddress.of(request.getRemoteAddr()), certificate(request)));
  }

  /** With the authority as it was sent, which a signature may cover. */
  private static String targetUri(HttpServletRequest request) {
    String host = request.getHeader("Host");
    StringBuilder uri = new StringBuilder(128).append(request.getScheme()).append("://");
    if (host == null) {
      uri.append(request.getServerName()).append(':').append(request.getServerPort());
    } else if (endsBeforePath(host)) {
      uri.append(host);
    }
    uri.append(request.getRequestURI());
    if (request.getQueryString() != null) {
      uri.append('?').append(request.getQueryString());
    }
    return uri.toString();
  }

  /** Not all containers refuse others, which would change the path; without a host it is no URI. */
  private static boolean endsBeforePath(String host) {
    for (int i = 0; i < host.length(); i++) {
      if ("/?#\\".indexOf(host.charAt(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static List<HttpField> fields(HttpServletRequest request) {
    List<HttpField> fields = new ArrayList<>();
    for (Enumeration<String> names = request.getHeaderNames(); names.hasMoreElements(); ) {
      String name = names.nextElement();
      for (Enumeration<String> values = request.getHeaders(name); values.hasMoreElements(); ) {
        fields.add(new HttpField(name, values.nextElement()));
      }
    }
    return fields;
  }

  private static Optional<X509Certificate> certificate(HttpServletRequest request) {
    return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
        ? Optional.of(chain[0])
        : Optional.empty();
  }
}
