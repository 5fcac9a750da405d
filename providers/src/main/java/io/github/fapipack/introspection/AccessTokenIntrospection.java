package io.github.fapipack.introspection;

import io.github.fapipack.grantmanagement.LivingGrant;
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
 * Keycloak's introspection of access tokens, with answers that tell the details authorized (RFC
 * 9396 9.2), and that know when a grant has ended.
 */
@Clause({"RFC9396 9.2-1", "RFC9701 5-8"})
public final class AccessTokenIntrospection extends AccessTokenIntrospectionProviderFactory {

  @Override
  public TokenIntrospectionProvider create(KeycloakSession session) {
    return new Introspection(session);
  }

  /** Wins over the factory with the same id. */
  @Override
  public int order() {
    return 1;
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
          && token.getType() != null // an ID token of ours has none
          && LivingGrant.backs(session, realm, token, eventBuilder);
    }

    /** What a grant's refresh token gave may have no session behind it. */
    @Override
    protected UserSessionUtil.UserSessionValidationResult verifyUserSession() {
      return LivingGrant.userSession(session, client, token).orElseGet(super::verifyUserSession);
    }

    /** Keycloak leaves out what no protocol mapper answers for. */
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
     * A resource server finds its URL in the audience (RFC 8707 2), where Keycloak looks for its
     * client_id: it may ask if the token is for the URL of its own, or would have been for it had
     * the client named no resource.
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
