package io.github.fapipack.rar;

import io.github.fapipack.keycloak.ServerState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The types of authorization details that a realm knows: those of the pack, those in a folder on
 * the server, and those in the realm's attributes. Later ones replace earlier ones of the same
 * name.
 */
public final class AuthorizationDetailsTypes {

  /**
   * The realm attribute with the types in use, separated by spaces; if blank, all available types.
   */
  public static final String LIST = "fapi.authorization-details-types";

  /** The prefix of realm attributes that hold a type. */
  public static final String PREFIX = "fapi.authorization-details.";

  private static final Logger LOGGER = Logger.getLogger(AuthorizationDetailsTypes.class);

  private record Cached(
      Map<String, String> attributes, TypeFolder.Content folder, AuthorizationDetailsTypes types) {}

  private static final ServerState<Map<String, Cached>> CACHE =
      new ServerState<>(ConcurrentHashMap::new);

  private final Map<String, AuthorizationDetailsType> types;
  private final List<String> findings;

  private AuthorizationDetailsTypes(
      Map<String, AuthorizationDetailsType> types, List<String> findings) {
    this.types = types;
    this.findings = List.copyOf(findings);
  }

  /** The types of the realm of the current request. */
  public static AuthorizationDetailsTypes of(KeycloakSession session) {
    return of(session.getContext().getRealm());
  }

  /** The types of a realm. */
  @SuppressWarnings(
      "ReferenceEquality") // identity is enough: the folder returns a new object when it was read
  // again
  public static AuthorizationDetailsTypes of(RealmModel realm) {
    TypeFolder.Content folder = TypeFolder.content();
    Map<String, String> attributes =
        realm.getAttributes().entrySet().stream()
            .filter(entry -> entry.getKey().equals(LIST) || entry.getKey().startsWith(PREFIX))
            .filter(entry -> entry.getValue() != null)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    Cached cached = CACHE.get().get(realm.getId());
    if (cached == null || cached.folder() != folder || !cached.attributes().equals(attributes)) {
      cached = new Cached(attributes, folder, read(realm.getName(), attributes, folder));
      CACHE.get().put(realm.getId(), cached);
    }
    return cached.types();
  }

  /** Combines the types for a realm with these attributes. */
  static AuthorizationDetailsTypes read(
      String realm, Map<String, String> attributes, TypeFolder.Content folder) {
    List<String> findings = new ArrayList<>(folder.findings());
    Map<String, AuthorizationDetailsType> types = new TreeMap<>(ShippedTypes.all());
    folder.types().forEach(types::put);
    folder.unusable().forEach(types::remove);
    attributes.forEach(
        (name, document) -> {
          if (name.startsWith(PREFIX)) {
            String id = name.substring(PREFIX.length());
            // If a realm's type cannot be read, the type that it replaces must not be used instead.
            types.remove(id);
            try {
              types.put(id, RealmType.read(id, document));
            } catch (IllegalArgumentException e) {
              findings.add("realm attribute " + name + ": " + e.getMessage());
              LOGGER.warnf("Realm '%s', attribute %s: %s", realm, name, e.getMessage());
            }
          }
        });
    String list = attributes.get(LIST);
    if (list != null && !list.isBlank()) {
      Set<String> wanted = new TreeSet<>(Arrays.asList(list.trim().split("\\s+")));
      wanted.stream()
          .filter(id -> !types.containsKey(id))
          .forEach(id -> findings.add("realm attribute " + LIST + ": there is no type " + id));
      types.keySet().retainAll(wanted);
    }
    return new AuthorizationDetailsTypes(types, findings);
  }

  /** The type with that id; empty if the realm does not know it. */
  public Optional<AuthorizationDetailsType> find(String id) {
    return Optional.ofNullable(types.get(id));
  }

  /** All types, by id. */
  public Collection<AuthorizationDetailsType> all() {
    return List.copyOf(types.values());
  }

  /** The ids of all types, sorted. */
  public List<String> ids() {
    return List.copyOf(types.keySet());
  }

  /** Why types cannot be used, for the administrator. */
  public List<String> findings() {
    return findings;
  }
}
