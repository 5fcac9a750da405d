package io.github.fapipack.http;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.Endpoint.Audience;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.core.multipart.FormDataParser;
import org.jboss.resteasy.reactive.server.core.multipart.FormEncodedDataDefinition;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/**
 * Normalizes the form of a request before Keycloak reads it: parameters without a value count as
 * not sent (RFC 6749 3.1, 3.2), and the media type has no letter case (RFC 9110 8.3.1), in which
 * RESTEasy would not find the form. Forms of pages for users stay unchanged.
 */
@Provider
@Priority(SentForm.AFTER_SIGNATURES)
@Clause("RFC6749 3.2")
public class SentForm implements ContainerRequestFilter {

  /** A signature of the request covers the original bytes. */
  static final int AFTER_SIGNATURES = Priorities.USER + 100;

  /** As many as RESTEasy accepts. */
  private static final int MOST_PARAMETERS = 1000;

  private static final Set<Audience> AUDIENCES =
      Set.of(Audience.CLIENT, Audience.AUTHORIZATION, Audience.USERINFO);

  @Override
  public void filter(ContainerRequestContext request) {
    if (!"POST".equals(request.getMethod())
        || !FormsOnly.isForm(request.getMediaType())
        || !isOfTheProtocol(request)
        || Exchange.of(request).isEmpty()) {
      return;
    }
    // In this encoding every byte is ASCII.
    String form = new String(PresentedToken.content(request), StandardCharsets.ISO_8859_1);
    String sent = SentParameters.of(form, request.getUriInfo().getQueryParameters().keySet());
    if (!sent.equals(form)) {
      request.setEntityStream(new ByteArrayInputStream(sent.getBytes(StandardCharsets.ISO_8859_1)));
    }
    if (!request
        .getHeaderString("Content-Type")
        .startsWith(MediaType.APPLICATION_FORM_URLENCODED)) {
      parse(request);
    }
  }

  private static boolean isOfTheProtocol(ContainerRequestContext request) {
    Endpoint endpoint = Endpoint.of(request);
    return AUDIENCES.contains(endpoint.audience()) || endpoint == Endpoint.LOGOUT;
  }

  /**
   * Parses the form as RESTEasy does for a media type in lower case; RESTEasy does not parse it
   * again.
   */
  private static void parse(ContainerRequestContext request) {
    if (!(request instanceof ResteasyReactiveContainerRequestContext resteasy)
        || !(resteasy.getServerRequestContext()
            instanceof ResteasyReactiveRequestContext context)) {
      return;
    }
    try (FormDataParser parser =
        new FormEncodedDataDefinition()
            .setForceCreation(true)
            .setMaxParams(MOST_PARAMETERS)
            .create(context, Set.of())) {
      parser.parseBlocking();
    } catch (RuntimeException e) {
      throw e; // answered like any other form that cannot be decoded
    } catch (Exception e) {
      throw new IllegalStateException("The form cannot be read", e);
    }
  }
}
