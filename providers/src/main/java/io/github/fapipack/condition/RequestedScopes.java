package io.github.fapipack.condition;

import io.github.fapipack.occasion.AuthorizationResponseEvent;
import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.occasion.ResourceRequestEvent;
import io.github.fapipack.occasion.TokenEvent;
import io.github.fapipack.rule.Condition;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.par.endpoints.ParEndpoint;
import org.keycloak.protocol.oidc.par.endpoints.request.AuthzEndpointParParser;
import org.keycloak.protocol.oidc.utils.OAuth2Code;
import org.keycloak.protocol.oidc.utils.OAuth2CodeParser;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyVote;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;
import org.keycloak.services.clientpolicy.context.PreTokenRequestContext;
import org.keycloak.services.clientpolicy.context.ScopeParameterContext;

/**
 * Requests for certain scopes. Unlike Keycloak's {@code client-scopes} it also sees the scopes in a
 * pushed request, of a code, and in a refresh token, so that a policy for a scope applies at every
 * step. It votes yes if the scopes of a request cannot be seen.
 */
@RuleId("fapi2-requested-scopes")
public final class RequestedScopes extends Condition<RequestedScopes.Settings> {

  /** The scopes in question. */
  public record Settings(
      @Setting(
              label = "Scopes",
              help = "The policy applies to requests for at least one of these scopes.",
              value = "")
          List<String> scopes) {

    public Settings {
      if (scopes.isEmpty()) {
        throw new IllegalArgumentException("field 'scopes' must name at least one scope");
      }
    }
  }

  public RequestedScopes() {
    super(
        Settings.class,
        "Requests for one of these scopes, at every step: pushed request, authorization, token.");
  }

  @Override
  protected ClientPolicyVote vote(
      KeycloakSession session, ClientPolicyContext context, Settings settings) {
    if (context instanceof ClientCRUDContext) {
      return ClientPolicyVote.ABSTAIN;
    }
    Set<String> requested = requested(session, context);
    if (requested == null) {
      return ClientPolicyVote.YES;
    }
    ClientModel client = client(session, context);
    Stream<String> byDefault =
        client == null ? Stream.empty() : client.getClientScopes(true).keySet().stream();
    return Stream.concat(requested.stream(), byDefault).anyMatch(settings.scopes()::contains)
        ? ClientPolicyVote.YES
        : ClientPolicyVote.NO;
  }

  /** The scopes of the request, or null if they cannot be seen. */
  private static Set<String> requested(KeycloakSession session, ClientPolicyContext context) {
    if (context instanceof ScopeParameterContext known) {
      return split(known.getScopeParameter());
    }
    if (context instanceof PreAuthorizationRequestContext request) {
      return atAuthorization(session, request.getRequestParameters());
    }
    if (context instanceof ClientAuthenticationEvent request) {
      return ofForm(session, request.form());
    }
    if (context instanceof PreTokenRequestContext) {
      return ofForm(session, session.getContext().getHttpRequest().getDecodedFormParameters());
    }
    if (context instanceof AuthorizationResponseEvent response) {
      return split(response.authentication().getClientNote(OAuth2Constants.SCOPE));
    }
    if (context instanceof TokenEvent tokens) {
      return split(tokens.clientSession().getScopeString(true));
    }
    if (context instanceof ResourceRequestEvent request) {
      return split(request.claims().getScope());
    }
    return null;
  }

  private static Set<String> atAuthorization(
      KeycloakSession session, MultivaluedMap<String, String> parameters) {
    Set<String> scopes = split(parameters.getFirst(OAuth2Constants.SCOPE));
    String requestUri = parameters.getFirst(OIDCLoginProtocol.REQUEST_URI_PARAM);
    if (requestUri != null && requestUri.startsWith(ParEndpoint.REQUEST_URI_PREFIX)) {
      Map<String, String> pushed = AuthzEndpointParParser.getRequestObject(session, requestUri);
      if (pushed == null) {
        return null;
      }
      scopes.addAll(split(pushed.get(OAuth2Constants.SCOPE)));
      scopes.addAll(ofRequestObject(pushed.get(OIDCLoginProtocol.REQUEST_PARAM)));
    }
    scopes.addAll(ofRequestObject(parameters.getFirst(OIDCLoginProtocol.REQUEST_PARAM)));
    return scopes;
  }

  private static Set<String> ofForm(KeycloakSession session, MultivaluedMap<String, String> form) {
    String code = form.getFirst(OAuth2Constants.CODE);
    if (code != null) {
      Map<String, String> stored =
          session
              .singleUseObjects()
              .get(OAuth2CodeParser.CACHE_KEY_PREFIX + code.split("\\.", 2)[0]);
      return stored == null ? null : split(OAuth2Code.deserializeCode(stored).getScope());
    }
    Set<String> scopes = split(form.getFirst(OAuth2Constants.SCOPE));
    scopes.addAll(ofRequestObject(form.getFirst(OIDCLoginProtocol.REQUEST_PARAM)));
    scopes.addAll(ofRequestObject(form.getFirst(OAuth2Constants.REFRESH_TOKEN)));
    return scopes;
  }

  /**
   * The scope claim of a JWT that is not verified yet; the code that uses the JWT verifies it
   * later.
   */
  private static Set<String> ofRequestObject(String jwt) {
    if (jwt == null) {
      return Set.of();
    }
    try {
      JsonWebToken claims = new JWSInput(jwt).readJsonContent(JsonWebToken.class);
      return claims == null
          ? Set.of()
          : split(String.valueOf(claims.getOtherClaims().get(OAuth2Constants.SCOPE)));
    } catch (JWSInputException e) {
      return Set.of();
    }
  }

  private static Set<String> split(String scope) {
    return scope == null || scope.isBlank()
        ? new HashSet<>()
        : new HashSet<>(Arrays.asList(scope.trim().split(" +")));
  }
}
