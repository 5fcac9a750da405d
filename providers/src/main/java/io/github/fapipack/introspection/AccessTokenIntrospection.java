package io.github.fapipack.introspection;

import io.github.fapipack.grantmanagement.ActiveGrant;
import io.github.fapipack.keycloak.Order;
import io.github.fapipack.participants.RequireActiveParticipant;
import io.github.fapipack.rar.ConsentUse;
import io.github.fapipack.rar.TokenDetails;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.token.RestrictResourceIndicators;
import java.util.List;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.protocol.oidc.resourceindicators.ResourceIndicatorConstants;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.util.UserSessionUtil;

/**
 * Keycloak's introspection of access tokens, extended: the response contains authorization details
 * (RFC 9396 9.2), and a token is inactive if its grant has ended.
 */
@Clause({"RFC9396 9.2-1", "RFC9701 5-8"})
public final class AccessTokenIntrospection extends AccessTokenIntrospectionProviderFactory {

  @Override
  public TokenIntrospectionProvider create(KeycloakSession session) {
    return new Introspection(session);
  }

  /** Takes precedence over the factory with the same id. */
  @Override
  public int order() {
    return Order.BEFORE_KEYCLOAK;
  }

  private static final class Introspection extends AccessTokenIntrospectionProvider<AccessToken> {

    /** The audience that protocol mappers give a token for resources; null for other tokens. */
    private String[] byMappers;

    Introspection(KeycloakSession session) {
      super(session);
    }

    @Override
    protected boolean introspectionChecks(String encoded) {
      return super.introspectionChecks(encoded)
          && token.getType() != null // an ID token of the pack has none
          && RequireActiveParticipant.admits(session, realm, client, eventBuilder)
          && ActiveGrant.backs(session, realm, token, eventBuilder)
          && new ConsentUse(session).backs(token, eventBuilder);
    }

    /** A token of a grant may have no session. */
    @Override
    protected UserSessionUtil.UserSessionValidationResult verifyUserSession() {
      return ActiveGrant.userSession(session, client, token).orElseGet(super::verifyUserSession);
    }

    /** Keycloak drops claims that no protocol mapper adds. */
    @Override
    public AccessToken transformAccessToken(AccessToken original, UserSessionModel userSession) {
      AccessToken answer = super.transformAccessToken(original, userSession);
      if (!RealmRules.of(session).isEmpty()) {
        TokenDetails.copy(original, answer);
        if (RestrictResourceIndicators.isForResources(session, original)) {
          byMappers = answer.getAudience();
          answer.audience(original.getAudience());
        }
      }
      return answer;
    }

    /**
     * A resource server finds its URL in the audience (RFC 8707 2), but Keycloak expects its
     * client_id there. The caller is accepted if the audience contains one of its URLs, or would
     * contain its client_id if the client had named no resource.
     */
    @Override
    protected boolean verifyAudience() {
      ClientModel caller = session.getContext().getClient();
      String own = caller.getAttribute(ResourceIndicatorConstants.CLIENT_RESOURCE_URL_ATTRIBUTE);
      return (byMappers != null
              && (List.of(byMappers).contains(caller.getClientId())
                  || List.of(byMappers).contains(String.valueOf(own))))
          || super.verifyAudience();
    }
  }
}
