package io.github.fapipack.resourceserver.rest;

import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.Granted;
import io.github.fapipack.resourceserver.Refused;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.routes.Answer;
import io.github.fapipack.resourceserver.routes.Caller;
import io.github.fapipack.resourceserver.routes.DemandRules;
import io.github.fapipack.resourceserver.routes.Gate;
import io.github.fapipack.resourceserver.routes.LimitedContent;
import io.github.fapipack.resourceserver.routes.Passage;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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

  private final Gate gate;
  private final Transport transport;
  private final SignedResponses signed;
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
    this.signed = new SignedResponses(api, transport, contentLimit);
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
  public void filter(ContainerRequestContext request) throws IOException {
    String targetUri = transport.targetUri(request);
    Optional<Answer> metadata = gate.metadata(request.getMethod(), rawPath(targetUri));
    if (metadata.isPresent()) {
      request.abortWith(response(metadata.get()));
      return;
    }
    check(request, targetUri);
  }

  private void check(ContainerRequestContext request, String targetUri) throws IOException {
    LimitedContent content =
        new LimitedContent(
            () -> request.hasEntity() ? request.getEntityStream() : InputStream.nullInputStream(),
            contentLimit);
    ApiRequest call =
        new ApiRequest(
            request.getMethod(),
            targetUri,
            HeaderFields.of(request.getHeaders()),
            content,
            transport.peer(request));
    Passage passage = gate.decide(call, rawPath(targetUri));
    if (content.isRead()) {
      request.setEntityStream(new ByteArrayInputStream(content.bytes()));
    }
    if (passage instanceof Passage.Checked checked) {
      request.setProperty(GRANTED, checked.granted());
      signed.answering(request, call);
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
    if (request.getProperty(GRANTED) instanceof Granted granted) {
      HeaderFields.addMissing(granted.responseFields(), response.getHeaders());
      signed.complete(request, response);
    }
  }

  @Override
  public void aroundWriteTo(WriterInterceptorContext response) throws IOException {
    signed.write(response);
  }
}
