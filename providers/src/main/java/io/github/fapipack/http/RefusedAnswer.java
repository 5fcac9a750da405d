package io.github.fapipack.http;

import io.github.fapipack.authenticator.AuthenticationOutcome;
import io.github.fapipack.client.NamedClient;
import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.ErrorNote;
import io.github.fapipack.rule.Provenance;
import io.github.fapipack.rule.RefusalReason;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Checks every final response once, and records those that refuse a client's request, whether a
 * rule or Keycloak refused it. For other responses only the status is checked.
 */
@Provider
@Priority(FilterOrder.RECORD)
public class RefusedAnswer implements ContainerResponseFilter {

  private static final Logger LOGGER = Logger.getLogger(RefusedAnswer.class);

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    try {
      look(request, response);
    } catch (RuntimeException e) {
      // The response is sent even if the refusal cannot be recorded.
      LOGGER.warn("A refusal could not be recorded", e);
    }
  }

  private static void look(ContainerRequestContext request, ContainerResponseContext response) {
    Endpoint endpoint = Endpoint.of(request);
    if (mayRefuse(endpoint, response.getStatus()) || ResourceRequestFilter.hasRefused(request)) {
      Exchange.of(request)
          .ifPresent(
              exchange ->
                  AnsweredError.of(response, endpoint.audience().isInteractive())
                      .filter(error -> !RefusalReason.isHarmless(error.code()))
                      .ifPresent(error -> record(request, exchange.session(), error)));
    }
  }

  private static boolean mayRefuse(Endpoint endpoint, int status) {
    boolean isError = status >= 400 && status < 500;
    return switch (endpoint.audience()) {
      case CLIENT, REGISTRATION, USERINFO -> isError;
      case RESOURCE -> isError && endpoint == Endpoint.GRANTS;
      case AUTHORIZATION -> isError || status < 400;
      // Errors on a page for users are not refusals of a client; those that are sent back to the
      // client are.
      case BROWSER -> status < 400;
      default -> false;
    };
  }

  private static void record(
      ContainerRequestContext request, KeycloakSession session, AnsweredError error) {
    String client = client(request, session);
    if (AuthenticationOutcome.hasFailed(session) && Endpoint.of(request).authenticatesClients()) {
      String why = AuthenticationOutcome.why(session);
      Provenance.refused(
          session,
          RefusalReason.CLIENT_AUTHENTICATION,
          OAuthErrorException.INVALID_CLIENT,
          why == null ? error.description() : why,
          client);
      return;
    }
    Optional<ErrorNote> note = ErrorNote.of(session);
    String reason =
        error.code() != null
            ? RefusalReason.ofCode(error.code())
            : note.map(said -> RefusalReason.ofCode(said.error()))
                .orElseGet(() -> RefusalReason.ofStatus(error.status()));
    String sentence =
        error.description() != null
            ? error.description()
            : note.map(said -> said.reason() == null ? said.error() : said.reason()).orElse("");
    Provenance.refused(session, reason, reason, sentence, client);
  }

  /** The client_id in the request, as it was sent. */
  private static String client(ContainerRequestContext request, KeycloakSession session) {
    String inQuery = request.getUriInfo().getQueryParameters().getFirst(OAuth2Constants.CLIENT_ID);
    ClientModel known = session.getContext().getClient();
    return NamedClient.of(session)
        .or(() -> Optional.ofNullable(inQuery))
        .orElseGet(() -> known == null ? null : known.getClientId());
  }
}
