package io.github.fapipack.resourceserver.servlet;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.routes.HeldContent;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A response that is sent when it is complete, since its signature comes before its content. */
final class HeldResponse extends HttpServletResponseWrapper {
  private static final String CONTENT_TYPE = "Content-Type";

  private final HeldContent content;
  private final HeldOutput output;
  private PrintWriter writerOrNull;

  HeldResponse(HttpServletResponse response, int limit) {
    super(response);
    this.content = new HeldContent(limit);
    this.output = new HeldOutput(content);
  }

  /** Signs and sends it. */
  void complete(FapiResourceServer api, ApiRequest call) throws IOException {
    if (writerOrNull != null) {
      writerOrNull.flush();
    }
    byte[] bytes = call.method().equals("HEAD") ? new byte[0] : content.toByteArray();
    for (HttpField field : api.sign(call, getStatus(), fields(), bytes)) {
      addHeader(field.name(), field.value());
    }
    if (bytes.length > 0) {
      super.setContentLength(bytes.length);
      super.getOutputStream().write(bytes);
    }
    super.flushBuffer();
  }

  private List<HttpField> fields() {
    List<HttpField> fields = new ArrayList<>();
    for (String name : getHeaderNames()) {
      for (String value : getHeaders(name)) {
        fields.add(new HttpField(name, value));
      }
    }
    // Some containers keep it apart.
    boolean typed = fields.stream().anyMatch(f -> f.name().equalsIgnoreCase(CONTENT_TYPE));
    if (!typed && getContentType() != null) {
      fields.add(new HttpField(CONTENT_TYPE, getContentType()));
    }
    return fields;
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return output;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (writerOrNull == null) {
      // The container adds the charset to the type, so it has to know that text is written.
      setCharacterEncoding(getCharacterEncoding());
      writerOrNull = new PrintWriter(new OutputStreamWriter(output, getCharacterEncoding()));
    }
    return writerOrNull;
  }

  /** Nothing is sent before the end. */
  @Override
  public void flushBuffer() throws IOException {
    if (writerOrNull != null) {
      writerOrNull.flush();
    }
  }

  @Override
  public boolean isCommitted() {
    return false;
  }

  @Override
  public void resetBuffer() {
    content.clear();
    writerOrNull = null;
  }

  @Override
  public void reset() {
    super.reset();
    resetBuffer();
  }

  @Override
  public void sendError(int status) {
    resetBuffer();
    setStatus(status);
  }

  @Override
  public void sendError(int status, String message) {
    sendError(status);
  }

  @Override
  public void sendRedirect(String location, int status, boolean clear) {
    if (clear) {
      resetBuffer();
    }
    setStatus(status);
    setHeader("Location", location);
  }

  @Override
  public void sendRedirect(String location) {
    sendRedirect(location, SC_FOUND, true);
  }

  @Override
  public void sendRedirect(String location, boolean clear) {
    sendRedirect(location, SC_FOUND, clear);
  }

  @Override
  public void sendRedirect(String location, int status) {
    sendRedirect(location, status, true);
  }

  /** Only what is sent is counted. */
  @Override
  public void setContentLength(int length) {}

  @Override
  public void setContentLengthLong(long length) {}
}
