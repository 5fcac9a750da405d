package io.github.fapipack.engine;

import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.StoredPolicies;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The client policies of each realm, as they were built when they last changed. */
final class PolicyCache {

  private static final Logger LOGGER = Logger.getLogger(PolicyCache.class);

  /** Realms that are gone leave something behind until so many others have come. */
  private static final int MOST_CACHED = 1000;

  /** What was built, with the two texts that it was built from: a change is seen at once. */
  private record Cached(String profiles, String policies, Policies built) {}

  private final Map<String, Cached> cache = new ConcurrentHashMap<>();

  /**
   * The enabled policies of the current realm; empty where none of them has a rule of the pack, and
   * where they are too broken to be asked: both are left to Keycloak.
   */
  Optional<Policies> of(KeycloakSession session) {
    RealmModel realm = session.getContext().getRealm();
    if (realm == null || RealmRules.of(session).isEmpty()) {
      return Optional.empty();
    }
    String profiles = realm.getAttribute(Constants.CLIENT_PROFILES);
    String policies = realm.getAttribute(Constants.CLIENT_POLICIES);
    Cached cached = cache.get(realm.getId());
    if (cached == null
        || !Objects.equals(cached.profiles(), profiles)
        || !Objects.equals(cached.policies(), policies)) {
      cached = new Cached(profiles, policies, build(session, realm));
      if (cache.size() >= MOST_CACHED) {
        cache.clear();
      }
      cache.put(realm.getId(), cached);
    }
    return Optional.ofNullable(cached.built());
  }

  private static Policies build(KeycloakSession session, RealmModel realm) {
    StoredPolicies stored = StoredPolicies.of(session, realm);
    if (!stored.isReadable()) {
      return null;
    }
    try {
      return Policies.build(session, realm, stored.policies(), stored.profiles());
    } catch (RuntimeException e) {
      LOGGER.error("The realm's client policies cannot be used", e);
      return null;
    }
  }
}
