package io.github.fapipack.grantmanagement;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.models.cache.infinispan.InfinispanUserCacheProviderFactory;
import org.keycloak.models.cache.infinispan.UserCacheManager;
import org.keycloak.models.cache.infinispan.UserCacheSession;

/**
 * Keycloak's cache of users, in which the subject of a grant's token leads to the grant's user.
 * Keycloak looks for the user of a token without a session by nothing else, and the subject that a
 * pairwise client knows is nobody's id.
 */
public final class GrantUsers extends InfinispanUserCacheProviderFactory {

  private static final String ATTRIBUTE = GrantUsers.class.getName();

  /** Whom a subject stands for in the current request. */
  private record Subject(String realmId, String subject, String userId) {}

  /** Tells, for the current request, whom a token without a session is about. */
  static void know(KeycloakSession session, Grant grant, String subject) {
    session.setAttribute(ATTRIBUTE, new Subject(grant.realmId(), subject, grant.userId()));
  }

  @Override
  public UserCache create(KeycloakSession session) {
    if (userCache == null) {
      super.create(session); // which makes the cache itself
    }
    return new Users(userCache, session);
  }

  /** Above Keycloak's own, with its id, so that its settings hold. */
  @Override
  public int order() {
    return 1000;
  }

  private static final class Users extends UserCacheSession {

    Users(UserCacheManager cache, KeycloakSession session) {
      super(cache, session);
    }

    @Override
    public UserModel getUserById(RealmModel realm, String id) {
      Subject known = session.getAttribute(ATTRIBUTE, Subject.class);
      return super.getUserById(
          realm,
          known != null && known.subject().equals(id) && known.realmId().equals(realm.getId())
              ? known.userId()
              : id);
    }
  }
}
