package io.github.fapipack.resourceserver.servlet;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.Granted;
import io.github.fapipack.resourceserver.Refused;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.routes.Answer;
import io.github.fapipack.resourceserver.routes.DemandRules;
import io.github.fapipack.resourceserver.routes.Gate;
import io.github.fapipack.resourceserver.routes.Passage;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Lets requests through to an application that its rules and the checks of FAPI 2.0 allow, and
 * answers the others.
 *
 * <p>The application finds who calls in {@link HttpServletRequest#getUserPrincipal()} (a {@link
 * io.github.fapipack.resourceserver.routes.Caller}), scopes by {@link
 * HttpServletRequest#isUserInRole(String)}, and everything else by {@link
 * #granted(ServletRequest)}.
 *
 * <p>Map it to all paths, before every other filter that acts upon requests: it has to see URI,
 * header fields and the address of the peer as they were received. It looks at dispatches of type
 * {@code REQUEST} alone.
 *
 * <p>If responses are signed they are held back until complete; asynchronous processing is not
 * possible then, and {@code sendError} sends a status without an error page.
 */
public final class FapiFilter implements Filter {
  /** The request attribute with the {@link Granted}. */
  public static final String GRANTED = "io.github.fapipack.resourceserver.granted";

  /** How many bytes of content are held, unless told otherwise: one megabyte. */
  public static final int DEFAULT_CONTENT_LIMIT = 1 << 20;

  private final Gate gate;
  private final int contentLimit;

  public FapiFilter(FapiResourceServer api, DemandRules rules) {
    this(api, rules, DEFAULT_CONTENT_LIMIT);
  }

  /**
   * The filter with another limit.
   *
   * @param contentLimit how many bytes a request may have whose content is checked, and a response
   *     that is signed; content that nobody has to check is neither held nor limited
   */
  public FapiFilter(FapiResourceServer api, DemandRules rules, int contentLimit) {
    this.gate = new Gate(api, rules);
    this.contentLimit = contentLimit;
  }

  /**
   * What is known of the call.
   *
   * @throws IllegalStateException if the rules do not demand a token for this request, or the
   *     filter is not mapped to it
   */
  public static Granted granted(ServletRequest request) {
    if (request.getAttribute(GRANTED) instanceof Granted granted) {
      return granted;
    }
    throw new IllegalStateException("this request was not checked");
  }

  /**
   * Sends a refusal; for an application that compares what it is about to do with what was granted.
   */
  public static void send(Refused refused, HttpServletResponse response) throws IOException {
    send(Answer.of(refused), response);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getDispatcherType() != DispatcherType.REQUEST) {
      chain.doFilter(request, response);
      return;
    }
    HttpServletRequest sent = (HttpServletRequest) request;
    Optional<Answer> metadata = gate.metadata(sent.getMethod(), sent.getRequestURI());
    if (metadata.isPresent()) {
      send(metadata.get(), (HttpServletResponse) response);
      return;
    }
    check(sent, (HttpServletResponse) response, chain);
  }

  private void check(HttpServletRequest request, HttpServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    ReceivedRequest received = new ReceivedRequest(request, contentLimit);
    ApiRequest call = received.asCall();
    Passage passage = gate.decide(call, received.getRequestURI());
    if (passage instanceof Passage.Checked checked) {
      pass(received.from(checked.granted()), call, answer, chain);
    } else if (passage instanceof Passage.Answered answered) {
      send(gate.signed(call, answered.answer()), answer);
    } else {
      chain.doFilter(received, answer);
    }
  }

  private void pass(
      ReceivedRequest request, ApiRequest call, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    add(granted(request).responseFields(), response);
    if (!gate.api().signsResponses()) {
      chain.doFilter(request, response);
      return;
    }
    HeldResponse held = new HeldResponse(response, contentLimit);
    chain.doFilter(request.withoutAsync(), held);
    held.complete(gate.api(), call);
  }

  private static void send(Answer answer, HttpServletResponse response) throws IOException {
    response.setStatus(answer.status());
    add(answer.fields(), response);
    response.setContentLength(answer.content().length);
    response.getOutputStream().write(answer.content());
  }

  /** In place of fields of these names that are there already, perhaps from the same check. */
  private static void add(List<HttpField> fields, HttpServletResponse response) {
    Set<String> names = new HashSet<>();
    for (HttpField field : fields) {
      if (names.add(field.name().toLowerCase(Locale.ROOT))) {
        response.setHeader(field.name(), field.value());
      } else {
        response.addHeader(field.name(), field.value());
      }
    }
  }
}
