package io.github.fapipack.ecosystem;

import io.github.fapipack.keycloak.ServerState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The ecosystem that a realm belongs to. The realm attribute {@value #IN_USE} names its profile,
 * which is looked for in the realm's attributes ({@value #PREFIX} and the id), then in a folder of
 * the server, then among those that come with the pack.
 */
public final class EcosystemProfiles {

  /** The realm attribute with the id of the profile in use; blank for none. */
  public static final String IN_USE = "fapi.ecosystem";

  /** The prefix of realm attributes that hold a profile. */
  public static final String PREFIX = "fapi.ecosystem.";

  /** The realm attribute with the id that the server's own organisation has in the directory. */
  public static final String ORGANISATION = "fapi.organisation-id";

  /** In a file, because a class path cannot be listed. */
  static final List<String> SHIPPED = EcosystemDocument.resource("profiles.txt").lines().toList();

  private static final Map<String, String> SHIPPED_TEXTS =
      SHIPPED.stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  id -> id, id -> EcosystemDocument.resource(id + ".json")));

  private static final Logger LOGGER = Logger.getLogger(EcosystemProfiles.class);

  /** The text from which a profile was read makes the entry stale when it changes. */
  private record Cached(String id, String text, EcosystemProfiles profiles) {}

  private static final ServerState<Map<String, Cached>> CACHE =
      new ServerState<>(ConcurrentHashMap::new);

  private static final EcosystemProfiles NONE = new EcosystemProfiles(null, null, null);

  private final String id;
  private final EcosystemProfile profile;
  private final String fault;

  private EcosystemProfiles(String id, EcosystemProfile profile, String fault) {
    this.id = id;
    this.profile = profile;
    this.fault = fault;
  }

  /** The ecosystem of the realm of the current request; none outside a realm. */
  public static EcosystemProfiles of(KeycloakSession session) {
    RealmModel realm = session.getContext().getRealm();
    return realm == null ? NONE : of(realm);
  }

  /** The ecosystem of a realm. */
  public static EcosystemProfiles of(RealmModel realm) {
    String id = realm.getAttribute(IN_USE);
    if (id == null || id.isBlank()) {
      return NONE;
    }
    id = id.strip();
    String text = text(realm, id);
    Cached cached = CACHE.get().get(realm.getId());
    if (cached == null || !cached.id().equals(id) || !Objects.equals(cached.text(), text)) {
      cached = new Cached(id, text, read(realm.getName(), id, text));
      CACHE.get().put(realm.getId(), cached);
    }
    return cached.profiles();
  }

  /** The text of a profile that a realm can use, or null if there is none with that id. */
  public static String text(RealmModel realm, String id) {
    String own = realm.getAttribute(PREFIX + id);
    if (own != null) {
      return own;
    }
    String file = ProfileFolder.content().get(id);
    return file != null ? file : SHIPPED_TEXTS.get(id);
  }

  private static EcosystemProfiles read(String realm, String id, String text) {
    String fault;
    try {
      if (text == null) {
        throw new IllegalArgumentException("there is no such profile");
      }
      EcosystemProfile profile = EcosystemDocument.read(text);
      if (profile.id().equals(id)) {
        return new EcosystemProfiles(id, profile, null);
      }
      fault = "its id is not the name under which it is stored";
    } catch (IllegalArgumentException e) {
      fault = e.getMessage();
    }
    LOGGER.warnf("Realm '%s': the ecosystem profile %s cannot be used: %s", realm, id, fault);
    return new EcosystemProfiles(id, null, fault);
  }

  /** The ids of all profiles that a realm can use. */
  public static Set<String> available(RealmModel realm) {
    Set<String> ids = new TreeSet<>(SHIPPED);
    ids.addAll(ProfileFolder.content().keySet());
    realm.getAttributes().keySet().stream()
        .filter(name -> name.startsWith(PREFIX))
        .forEach(name -> ids.add(name.substring(PREFIX.length())));
    return ids;
  }

  /** Whether the realm names an ecosystem, even if its profile cannot be used. */
  public boolean isNamed() {
    return id != null;
  }

  /** The id of the profile in use, or null. */
  public String id() {
    return id;
  }

  /** The profile in use; empty if the realm names none, or one that cannot be used. */
  public Optional<EcosystemProfile> inUse() {
    return Optional.ofNullable(profile);
  }

  /** Why the named profile cannot be used; empty if it can, or if none is named. */
  public Optional<String> fault() {
    return Optional.ofNullable(fault);
  }
}
