package io.github.fapipack.resourceserver.rest;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.Granted;
import io.github.fapipack.resourceserver.Refused;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.routes.Answer;
import io.github.fapipack.resourceserver.routes.Caller;
import io.github.fapipack.resourceserver.routes.DemandRules;
import io.github.fapipack.resourceserver.routes.Gate;
import io.github.fapipack.resourceserver.routes.Passage;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets requests through to resource methods that its rules and the checks of FAPI 2.0 allow, and
 * answers the others.
 *
 * <p>Extend it by a class with {@code @Provider} and {@code @Priority(Priorities.AUTHENTICATION)}.
 * A resource method finds who calls in its {@link SecurityContext} (scopes are roles) and
 * everything else by {@link #granted(SecurityContext)}.
 *
 * <p>Checks may wait for a store or an issuer. A runtime that has threads which must not wait has
 * to run the filter on others: in Quarkus it does for methods that block, as methods without an
 * asynchronous type do, if the filter is not {@code @PreMatching}.
 *
 * <p>If responses are signed they are held back until complete.
 */
public class FapiContainerFilter
    implements ContainerRequestFilter, ContainerResponseFilter, WriterInterceptor {
  /** The request property with the {@link Granted}. */
  public static final String GRANTED = "io.github.fapipack.resourceserver.granted";

  /** How many bytes of content are held, unless told otherwise: one megabyte. */
  public static final int DEFAULT_CONTENT_LIMIT = 1 << 20;

  private static final String CALL = "io.github.fapipack.resourceserver.call";
  private static final String STATUS = "io.github.fapipack.resourceserver.status";

  private final Gate gate;
  private final Transport transport;
  private final int contentLimit;

  public FapiContainerFilter(FapiResourceServer api, DemandRules rules, Transport transport) {
    this(api, rules, transport, DEFAULT_CONTENT_LIMIT);
  }

  /**
   * The filter with another limit.
   *
   * @param contentLimit how many bytes a request may have whose content is checked, and a response
   *     that is signed; content that nobody has to check is neither held nor limited
   */
  public FapiContainerFilter(
      FapiResourceServer api, DemandRules rules, Transport transport, int contentLimit) {
    this.gate = new Gate(api, rules);
    this.transport = transport;
    this.contentLimit = contentLimit;
  }

  /**
   * What is known of the call.
   *
   * @throws IllegalStateException if the rules do not demand a token for this request
   */
  public static Granted granted(SecurityContext context) {
    if (context.getUserPrincipal() instanceof Caller caller) {
      return caller.granted();
    }
    throw new IllegalStateException("this request was not checked");
  }

  /**
   * The response to a refusal; for an application that compares what it is about to do with what
   * was granted.
   */
  public static Response response(Refused refused) {
    return response(Answer.of(refused));
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String targetUri = transport.targetUri(request);
    Optional<Answer> metadata = gate.metadata(request.getMethod(), rawPath(targetUri));
    if (metadata.isPresent()) {
      request.abortWith(response(metadata.get()));
      return;
    }
    check(request, targetUri);
  }

  private void check(ContainerRequestContext request, String targetUri) {
    ApiRequest call =
        new ApiRequest(
            request.getMethod(),
            targetUri,
            fields(request.getHeaders()),
            new ReceivedContent(request, contentLimit),
            transport.peer(request));
    Passage passage = gate.decide(call, rawPath(targetUri));
    if (passage instanceof Passage.Checked checked) {
      request.setProperty(GRANTED, checked.granted());
      request.setProperty(CALL, call);
      request.setSecurityContext(
          new CallerContext(
              new Caller(checked.granted()),
              targetUri.startsWith("https:"),
              request.getHeaderString("Authorization").split(" ", 2)[0]));
    } else if (passage instanceof Passage.Answered answered) {
      request.abortWith(response(gate.signed(call, answered.answer())));
    }
  }

  /** What stands between the authority and the query. */
  private static String rawPath(String targetUri) {
    int authority = targetUri.indexOf("://");
    int path = authority < 0 ? 0 : targetUri.indexOf('/', authority + 3);
    int query = targetUri.indexOf('?');
    if (path < 0 || (query >= 0 && query < path)) {
      return "/";
    }
    return query < 0 ? targetUri.substring(path) : targetUri.substring(path, query);
  }

  private static Response response(Answer answer) {
    Response.ResponseBuilder response = Response.status(answer.status());
    answer.fields().forEach(field -> response.header(field.name(), field.value()));
    return answer.content().length == 0
        ? response.build()
        : response.entity(answer.content()).build();
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (!(request.getProperty(GRANTED) instanceof Granted granted)) {
      return;
    }
    add(granted.responseFields(), response.getHeaders());
    if (!gate.api().signsResponses()) {
      request.removeProperty(CALL);
    } else if (response.hasEntity()) {
      request.setProperty(STATUS, response.getStatus());
    } else if (request.getProperty(CALL) instanceof ApiRequest call) {
      List<HttpField> fields = fields(response.getStringHeaders());
      add(gate.api().sign(call, response.getStatus(), fields, new byte[0]), response.getHeaders());
    }
  }

  @Override
  public void aroundWriteTo(WriterInterceptorContext response) throws IOException {
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
    MultivaluedMap<String, Object> headers = response.getHeaders();
    // As a text, so that what is sent is what is signed.
    headers.putSingle("Content-Type", response.getMediaType().toString());
    add(gate.api().sign(call, status, fields(headers), content), headers);
    sink.write(held.toByteArray());
  }

  private static List<HttpField> fields(MultivaluedMap<String, ?> headers) {
    List<HttpField> fields = new ArrayList<>();
    headers.forEach(
        (name, values) -> values.forEach(value -> fields.add(new HttpField(name, text(value)))));
    return fields;
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  private static void add(List<HttpField> fields, MultivaluedMap<String, Object> headers) {
    fields.forEach(field -> headers.add(field.name(), field.value()));
  }
}
