package io.github.fapipack.signing;

import io.github.fapipack.grants.Grant;
import io.github.fapipack.grants.LivingGrant;
import io.github.fapipack.rar.TokenDetails;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.RealmRules;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.util.UserSessionUtil;

/**
 * Keycloak's introspection of access tokens, with answers that can be signed, that tell the details
 * authorized (RFC 9396 9.2), and that know when a grant has ended.
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

    Introspection(KeycloakSession session) {
      super(session);
    }

    @Override
    public Response introspect(String token, EventBuilder event) {
      return IntrospectionResponse.of(session, super.introspect(token, event));
    }

    @Override
    protected boolean introspectionChecks(String encoded) {
      if (!super.introspectionChecks(encoded)) {
        return false;
      }
      if (!LivingGrant.backs(session, realm, token)) {
        eventBuilder.detail(Details.REASON, "the grant has ended").error(Errors.INVALID_TOKEN);
        return false;
      }
      return true;
    }

    /** What a grant's refresh token gave may have no session behind it. */
    @Override
    protected UserSessionUtil.UserSessionValidationResult verifyUserSession() {
      Optional<Grant> grant =
          token.getSessionId() == null ? LivingGrant.find(session, realm, token) : Optional.empty();
      return grant.isPresent()
          ? LivingGrant.userSession(session, grant.get(), client, token)
          : super.verifyUserSession();
    }

    /** Keycloak leaves out what no protocol mapper answers for. */
    @Override
    public AccessToken transformAccessToken(AccessToken original, UserSessionModel userSession) {
      AccessToken answer = super.transformAccessToken(original, userSession);
      if (!RealmRules.of(session).isEmpty()) {
        TokenDetails.copy(original, answer);
      }
      return answer;
    }
  }
}
