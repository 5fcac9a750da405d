package io.github.fapipack.resourceserver.servlet;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.Granted;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.Peer;
import io.github.fapipack.resourceserver.routes.Caller;
import io.github.fapipack.resourceserver.routes.PeerAddress;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request whose content can be read for a check and is then there for the application again. */
final class ReceivedRequest extends HttpServletRequestWrapper {
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private final int limit;
  private byte[] contentOrNull;
  private Map<String, String[]> parametersOrNull;
  private Granted grantedOrNull;
  private boolean async = true;

  ReceivedRequest(HttpServletRequest request, int limit) {
    super(request);
    this.limit = limit;
  }

  /** The same with who calls. */
  ReceivedRequest from(Granted granted) {
    grantedOrNull = granted;
    setAttribute(FapiFilter.GRANTED, granted);
    return this;
  }

  /** The same for an application that has to be done when it returns. */
  ReceivedRequest withoutAsync() {
    async = false;
    return this;
  }

  /** What the checks need to know. */
  ApiRequest asCall() {
    return new ApiRequest(
        getMethod(),
        targetUri(),
        fields(),
        this::content,
        new Peer(PeerAddress.of(getRemoteAddr()), certificate()));
  }

  /** With the authority as it was sent, which a signature may cover. */
  private String targetUri() {
    String host = getHeader("Host");
    StringBuilder uri = new StringBuilder(128).append(getScheme()).append("://");
    if (host == null) {
      uri.append(getServerName()).append(':').append(getServerPort());
    } else {
      uri.append(host);
    }
    uri.append(getRequestURI());
    if (getQueryString() != null) {
      uri.append('?').append(getQueryString());
    }
    return uri.toString();
  }

  private List<HttpField> fields() {
    List<HttpField> fields = new ArrayList<>();
    for (Enumeration<String> names = getHeaderNames(); names.hasMoreElements(); ) {
      String name = names.nextElement();
      for (Enumeration<String> values = getHeaders(name); values.hasMoreElements(); ) {
        fields.add(new HttpField(name, values.nextElement()));
      }
    }
    return fields;
  }

  private Optional<X509Certificate> certificate() {
    return getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
        ? Optional.of(chain[0])
        : Optional.empty();
  }

  private byte[] content() throws IOException {
    if (contentOrNull == null) {
      if (getContentLengthLong() > limit) {
        throw new IOException("the content is longer than the limit");
      }
      byte[] read = super.getInputStream().readNBytes(limit + 1);
      if (read.length > limit) {
        throw new IOException("the content is longer than the limit");
      }
      contentOrNull = read;
    }
    return contentOrNull;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    return contentOrNull == null ? super.getInputStream() : new ReplayedContent(contentOrNull);
  }

  @Override
  public BufferedReader getReader() throws IOException {
    if (contentOrNull == null) {
      return super.getReader();
    }
    String charset = getCharacterEncoding();
    return new BufferedReader(
        new InputStreamReader(
            getInputStream(), charset == null ? StandardCharsets.UTF_8.name() : charset));
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    if (contentOrNull == null || !FormParameters.isForm(getContentType())) {
      return super.getParameterMap();
    }
    if (parametersOrNull == null) {
      parametersOrNull = FormParameters.of(super.getQueryString(), contentOrNull);
    }
    return parametersOrNull;
  }

  @Override
  public String getParameter(String name) {
    String[] values = getParameterValues(name);
    return values == null ? null : values[0];
  }

  @Override
  public String[] getParameterValues(String name) {
    String[] values = getParameterMap().get(name);
    return values == null ? null : values.clone();
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(getParameterMap().keySet());
  }

  @Override
  public Principal getUserPrincipal() {
    return grantedOrNull == null ? super.getUserPrincipal() : new Caller(grantedOrNull);
  }

  @Override
  public String getRemoteUser() {
    return grantedOrNull == null ? super.getRemoteUser() : getUserPrincipal().getName();
  }

  @Override
  public boolean isUserInRole(String role) {
    return grantedOrNull == null ? super.isUserInRole(role) : grantedOrNull.scopes().contains(role);
  }

  @Override
  public boolean isAsyncSupported() {
    return async && super.isAsyncSupported();
  }

  @Override
  public AsyncContext startAsync() {
    checkAsync();
    return super.startAsync();
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    checkAsync();
    return super.startAsync(request, response);
  }

  private void checkAsync() {
    if (!async) {
      throw new IllegalStateException("a response that is signed cannot be sent asynchronously");
    }
  }
}
