package io.github.fapipack.grantmanagement;

import io.github.fapipack.keycloak.Order;
import io.github.fapipack.rule.RequestKey;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.models.cache.infinispan.InfinispanUserCacheProviderFactory;
import org.keycloak.models.cache.infinispan.UserCacheManager;
import org.keycloak.models.cache.infinispan.UserCacheSession;

/**
 * Keycloak's user cache, in which the subject of a grant's token resolves to the grant's user. For
 * a token without a session, Keycloak looks up the user only by the subject, and the subject for a
 * pairwise client is not a user id.
 */
public final class GrantUsers extends InfinispanUserCacheProviderFactory {

  private static final RequestKey<Subject> KNOWN = new RequestKey<>();

  /** The user for a subject in the current request. */
  private record Subject(String realmId, String subject, String userId) {}

  /** Registers, for the current request, the user of a token without a session. */
  static void know(KeycloakSession session, Grant grant, String subject) {
    KNOWN.set(session, new Subject(grant.realmId(), subject, grant.userId()));
  }

  @Override
  public UserCache create(KeycloakSession session) {
    if (userCache == null) {
      super.create(session); // which creates the cache itself
    }
    return new Users(userCache, session);
  }

  /** Above Keycloak's own, with the same id, so that its settings apply. */
  @Override
  public int order() {
    return Order.BEFORE_OTHERS;
  }

  private static final class Users extends UserCacheSession {

    Users(UserCacheManager cache, KeycloakSession session) {
      super(cache, session);
    }

    @Override
    public UserModel getUserById(RealmModel realm, String id) {
      return super.getUserById(
          realm,
          KNOWN
              .in(session)
              .filter(known -> known.subject().equals(id))
              .filter(known -> known.realmId().equals(realm.getId()))
              .map(Subject::userId)
              .orElse(id));
    }
  }
}
