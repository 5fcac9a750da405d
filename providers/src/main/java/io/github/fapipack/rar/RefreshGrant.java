package io.github.fapipack.rar;

import io.github.fapipack.bridge.ConsentScopes;
import io.github.fapipack.identity.LoginFacts;
import io.github.fapipack.keycloak.Order;
import io.github.fapipack.request.ResourceIndicators;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.token.NamedTokenType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.grants.RefreshTokenGrantType;
import org.keycloak.protocol.oidc.grants.RefreshTokenGrantTypeFactory;
import org.keycloak.representations.RefreshToken;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.clientpolicy.ClientPolicyException;

/**
 * Keycloak's refresh token grant, extended: it can narrow authorization details, but never widen
 * them.
 */
@Clause({"RFC9396 6-1", "RFC9396 7-1", "GM 6.5-5"})
public final class RefreshGrant extends RefreshTokenGrantTypeFactory {

  @Override
  public OAuth2GrantType create(KeycloakSession session) {
    return RealmRules.of(session).isEmpty() ? super.create(session) : new Grant();
  }

  /** Above Keycloak's own grant with the same id. */
  @Override
  public int order() {
    return Order.BEFORE_OTHERS;
  }

  private static final class Grant extends RefreshTokenGrantType {

    @Override
    public Set<String> getSupportedMultivaluedRequestParameters() {
      return Set.of(ResourceIndicators.PARAMETER);
    }

    @Override
    public Response process(Context context) {
      setContext(context);
      requireRefreshToken();
      Optional<TokenDetails> details = details();
      details.ifPresent(known -> known.keep(session));
      Response response = super.process(context);
      details.ifPresent(known -> known.writeTo(response));
      return response;
    }

    /** Keycloak refuses a text that is not a JWT. */
    private void requireRefreshToken() {
      String encoded = formParams.getFirst(OAuth2Constants.REFRESH_TOKEN);
      if (encoded != null && !NamedTokenType.isRefreshToken(encoded).orElse(true)) {
        event
            .detail(Details.REASON, "typ is not that of a refresh token")
            .error(Errors.INVALID_TOKEN);
        throw new CorsErrorResponseException(
            cors, OAuthErrorException.INVALID_GRANT, "Invalid refresh token", Status.BAD_REQUEST);
      }
    }

    /** If the token belongs to another client or is not a token, Keycloak reports the error. */
    private Optional<TokenDetails> details() {
      String encoded = formParams.getFirst(OAuth2Constants.REFRESH_TOKEN);
      RefreshToken token =
          encoded == null ? null : session.tokens().decode(encoded, RefreshToken.class);
      if (token == null || !client.getClientId().equals(token.getIssuedFor())) {
        // Otherwise Keycloak would find fault with the scope, and not with the token.
        takeConsentOut(carriers());
        return Optional.empty();
      }
      LoginFacts.in(session, token).ifPresent(facts -> facts.keep(session, event));
      try {
        new ConsentUse(session).of(token, client);
        Optional<TokenDetails> details = new Issuance(session, formParams).of(token);
        takeConsentOut(details.map(TokenDetails::carriers).orElse(Set.of()));
        return details;
      } catch (ClientPolicyException e) {
        throw Issuance.refused(e, session, event, cors);
      }
    }

    /** All scopes of the request that carry a consent. */
    private Set<String> carriers() {
      return ConsentScopes.rules(session)
          .map(rules -> Set.copyOf(rules.carriers(formParams.getFirst(OAuth2Constants.SCOPE))))
          .orElse(Set.of());
    }

    /** Keycloak does not know a scope that carries a consent; the tokens get it in any case. */
    private void takeConsentOut(Set<String> carriers) {
      String scope = formParams.getFirst(OAuth2Constants.SCOPE);
      if (scope != null && !carriers.isEmpty()) {
        List<String> rest = new ArrayList<>(List.of(scope.split(" ")));
        rest.removeAll(carriers);
        formParams.remove(OAuth2Constants.SCOPE);
        if (!rest.isEmpty()) {
          formParams.putSingle(OAuth2Constants.SCOPE, String.join(" ", rest));
        }
      }
    }
  }
}
