package io.github.fapipack.resourceserver.servlet;

import io.github.fapipack.resourceserver.Granted;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.routes.Caller;
import io.github.fapipack.resourceserver.routes.LimitedContent;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;

/** A request whose content can be read for a check and is then there for the application again. */
final class ReceivedRequest extends HttpServletRequestWrapper {
  private final LimitedContent content;
  private Map<String, String[]> parametersOrNull;
  private Granted grantedOrNull;
  private boolean async = true;

  ReceivedRequest(HttpServletRequest request, int limit) {
    super(request);
    this.content = new LimitedContent(request::getInputStream, limit);
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
    return ServletCalls.of(this, content);
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    return content.isRead() ? new ReplayedContent(content.bytes()) : super.getInputStream();
  }

  @Override
  public BufferedReader getReader() throws IOException {
    if (!content.isRead()) {
      return super.getReader();
    }
    String charset = getCharacterEncoding();
    return new BufferedReader(
        new InputStreamReader(
            getInputStream(), charset == null ? StandardCharsets.UTF_8.name() : charset));
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    if (!content.isRead() || !FormParameters.isForm(getContentType())) {
      return super.getParameterMap();
    }
    if (parametersOrNull == null) {
      parametersOrNull = FormParameters.of(getQueryString(), read());
    }
    return parametersOrNull;
  }

  /** What was read already, so that nothing can fail. */
  private byte[] read() {
    try {
      return content.bytes();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
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
