package io.github.fapipack.http;

import io.github.fapipack.grantmanagement.ActiveGrant;
import io.github.fapipack.occasion.ResourceRequestEvent;
import io.github.fapipack.resource.TokenOfRealm;
import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.Endpoint.Audience;
import io.github.fapipack.rule.OAuthError;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.cors.Cors;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Asks the rules whenever an access token of a realm of this server is presented, at any path:
 * paths of other extensions are resources too. The filter runs after the resource was matched and
 * before it is called; the account and admin interfaces have verified the token by then, other
 * resources have not. Tokens of other issuers are left to the resource.
 *
 * <p>Some tokens are checked after the resource was called, whose work is rolled back if a rule
 * refuses the token: a token in a form, which nobody has read before and which can be read only
 * once; and any token at a resource directly below the server's root, because Keycloak creates its
 * session late there.
 */
@Provider
public class ResourceRequestFilter implements ContainerRequestFilter, ContainerResponseFilter {

  private static final String JUDGED = ResourceRequestFilter.class.getName();
  private static final String REFUSED = JUDGED + ".refused";

  /**
   * Endpoints where access tokens in forms are not expected, or are checked by a rule of their own.
   */
  private static final Set<Audience> WITHOUT_FORMS =
      Set.of(Audience.CLIENT, Audience.AUTHORIZATION, Audience.BROWSER, Audience.USERINFO);

  @Override
  public void filter(ContainerRequestContext request) {
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    // Public documents stay public even if a token is sent.
    if (session != null
        && concerns(request)
        && Endpoint.of(request).audience() != Audience.PUBLIC) {
      request.setProperty(JUDGED, true);
      refusal(request, session, PresentedToken.in(request)).ifPresent(request::abortWith);
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    if (session == null || session.isClosed() || !concerns(request)) {
      return;
    }
    List<PresentedToken> late = new ArrayList<>();
    if (request.getProperty(JUDGED) == null && Endpoint.of(request).audience() != Audience.PUBLIC) {
      late.addAll(PresentedToken.in(request));
    }
    if (PresentedToken.isForm(request)
        && !WITHOUT_FORMS.contains(Endpoint.of(request).audience())) {
      late.addAll(PresentedToken.inForm(session));
    }
    refusal(request, session, late)
        .ifPresent(
            refusal -> {
              session.getTransactionManager().setRollbackOnly();
              response.setStatus(refusal.getStatus());
              response.getHeaders().clear();
              response.getHeaders().putAll(refusal.getHeaders());
              response.setEntity(refusal.getEntity(), null, refusal.getMediaType());
            });
  }

  /** Whether a token in the request was refused. */
  static boolean hasRefused(ContainerRequestContext request) {
    return request.getProperty(REFUSED) != null;
  }

  private static boolean concerns(ContainerRequestContext request) {
    return Endpoint.of(request) != Endpoint.BACKCHANNEL_ANSWER
        && !ExemptPaths.contain(request.getUriInfo());
  }

  /** The refusal of a request with tokens, if one of them is not valid. */
  private static Optional<Response> refusal(
      ContainerRequestContext request, KeycloakSession session, List<PresentedToken> presented) {
    Audience audience = Endpoint.of(request).audience();
    return presented.stream()
        .flatMap(
            shown ->
                TokenOfRealm.read(session, shown.token())
                    .filter(
                        token -> audience != Audience.REGISTRATION || !token.isForRegistration())
                    .flatMap(token -> refusal(request, session, shown, token))
                    .stream())
        .findFirst();
  }

  private static Optional<Response> refusal(
      ContainerRequestContext request,
      KeycloakSession session,
      PresentedToken presented,
      TokenOfRealm token) {
    if (token.isBoundToDpopKey()) {
      Challenge.noteDpop(request);
    }
    KeycloakContext context = session.getContext();
    RealmModel realm = context.getRealm();
    // The admin interface of one realm accepts tokens of another; the rules of the issuer apply.
    context.setRealm(token.issuer());
    try {
      ask(request, session, presented, token);
      return Optional.empty();
    } catch (ClientPolicyException e) {
      return Optional.of(answer(request, token.issuer(), e));
    } finally {
      context.setRealm(realm);
    }
  }

  private static void ask(
      ContainerRequestContext request,
      KeycloakSession session,
      PresentedToken presented,
      TokenOfRealm token)
      throws ClientPolicyException {
    if (!token.verify(session)) {
      return;
    }
    if (!ActiveGrant.backs(session, token.issuer(), token.claims())) {
      throw new Refusal(
          "invalid_token",
          "the grant behind the access token has ended",
          "ask the user again",
          Status.UNAUTHORIZED);
    }
    RealmRules.trigger(
        session,
        new ResourceRequestEvent(
            token.client(),
            presented.scheme(),
            presented.token(),
            token.claims(),
            () -> PresentedToken.content(request)));
  }

  private static Response answer(
      ContainerRequestContext request, RealmModel issuer, ClientPolicyException e) {
    request.setProperty(REFUSED, true);
    if (Endpoint.of(request) == Endpoint.USERINFO) {
      Cors.builder().auth().allowAllOrigins().add();
    }
    return OAuthError.response(e)
        .header(
            HttpHeaders.WWW_AUTHENTICATE,
            Challenge.of(request, issuer, e.getError(), e.getErrorDetail()))
        .build();
  }
}
