package io.github.fapipack.ciba;

import io.github.fapipack.bridge.RequireBankConsent;
import io.github.fapipack.keycloak.Order;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.resolvers.CIBALoginUserResolver;
import org.keycloak.protocol.oidc.grants.ciba.resolvers.DefaultCIBALoginUserResolver;
import org.keycloak.protocol.oidc.grants.ciba.resolvers.DefaultCIBALoginUserResolverFactory;

/**
 * Keycloak's way from a {@code login_hint} to a user (CIBA 7.1), extended: a client that does not
 * know the user can send the id of the consent that its request names, if the bank knows whom the
 * consent belongs to.
 */
public final class ConsentHolder extends DefaultCIBALoginUserResolverFactory {

  @Override
  public CIBALoginUserResolver create(KeycloakSession session) {
    return new Resolver(session);
  }

  /** Takes precedence over the factory with the same id. */
  @Override
  public int order() {
    return Order.BEFORE_KEYCLOAK;
  }

  private static final class Resolver extends DefaultCIBALoginUserResolver {

    private final KeycloakSession session;

    Resolver(KeycloakSession session) {
      super(session);
      this.session = session;
    }

    @Override
    public UserModel getUserFromLoginHint(String hint) {
      return RequireBankConsent.holder(session, hint)
          .orElseGet(() -> super.getUserFromLoginHint(hint));
    }
  }
}
