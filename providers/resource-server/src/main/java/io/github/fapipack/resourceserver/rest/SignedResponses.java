package io.github.fapipack.resourceserver.rest;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.routes.HeldContent;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Signs responses: one without content at once, any other when its content is written. */
final class SignedResponses {
  private static final String CALL = "io.github.fapipack.resourceserver.call";
  private static final String STATUS = "io.github.fapipack.resourceserver.status";

  private final FapiResourceServer api;
  private final Transport transport;
  private final int contentLimit;

  SignedResponses(FapiResourceServer api, Transport transport, int contentLimit) {
    this.api = api;
    this.transport = transport;
    this.contentLimit = contentLimit;
  }

  /** Notes which request the response will answer. */
  void answering(ContainerRequestContext request, ApiRequest call) {
    if (api.signsResponses()) {
      request.setProperty(CALL, call);
    }
  }

  /** Signs a response that has no content. */
  void complete(ContainerRequestContext request, ContainerResponseContext response) {
    if (!(request.getProperty(CALL) instanceof ApiRequest call)) {
      return;
    }
    if (response.hasEntity()) {
      request.setProperty(STATUS, response.getStatus());
      return;
    }
    List<HttpField> fields = HeaderFields.of(response.getStringHeaders());
    HeaderFields.add(
        api.sign(call, response.getStatus(), fields, new byte[0]), response.getHeaders());
  }

  /** Signs a response with its content. */
  void write(WriterInterceptorContext response) throws IOException {
    if (!(response.getProperty(CALL) instanceof ApiRequest call)
        || !(response.getProperty(STATUS) instanceof Integer status)) {
      response.proceed();
      return;
    }
    OutputStream sink = response.getOutputStream();
    HeldContent held = new HeldContent(contentLimit);
    response.setOutputStream(held);
    response.proceed();
    response.setOutputStream(sink);
    byte[] content = call.method().equals("HEAD") ? new byte[0] : held.toByteArray();
    transport.sign(response, fields -> api.sign(call, status, fields, content));
    sink.write(held.toByteArray());
  }
}
