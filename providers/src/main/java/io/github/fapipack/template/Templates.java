package io.github.fapipack.template;

import io.github.fapipack.keycloak.ServerState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.RealmModel;

/**
 * The template of a realm that is a scheme's directory. The realm attribute {@value #IN_USE} names
 * it; it is looked for in the realm's attributes ({@value #PREFIX} and the id), then in a folder of
 * the server, then among those that come with the pack.
 */
public final class Templates {

  /** The realm attribute with the id of the template in use; blank for none. */
  public static final String IN_USE = "fapi.scheme";

  /** The prefix of realm attributes that hold a template. */
  public static final String PREFIX = "fapi.scheme.";

  /** In a file, because a class path cannot be listed. */
  static final List<String> SHIPPED = TemplateDocument.resource("templates.txt").lines().toList();

  private static final Map<String, String> SHIPPED_TEXTS =
      SHIPPED.stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  id -> id, id -> TemplateDocument.resource(id + ".json")));

  private static final Logger LOGGER = Logger.getLogger(Templates.class);

  /** The text from which a template was read makes the entry stale when it changes. */
  private record Cached(String id, String text, Templates templates) {}

  private static final ServerState<Map<String, Cached>> CACHE =
      new ServerState<>(ConcurrentHashMap::new);

  private static final Templates NONE = new Templates(null, null, null);

  private final String id;
  private final Template template;
  private final String fault;

  private Templates(String id, Template template, String fault) {
    this.id = id;
    this.template = template;
    this.fault = fault;
  }

  /** The template of a realm. */
  public static Templates of(RealmModel realm) {
    String id = realm.getAttribute(IN_USE);
    if (id == null || id.isBlank()) {
      return NONE;
    }
    id = id.strip();
    String own = realm.getAttribute(PREFIX + id);
    String text = own != null ? own : ofServer(id);
    Cached cached = CACHE.get().get(realm.getId());
    if (cached == null || !cached.id().equals(id) || !Objects.equals(cached.text(), text)) {
      cached = new Cached(id, text, read(realm.getName(), id, text));
      CACHE.get().put(realm.getId(), cached);
    }
    return cached.templates();
  }

  private static String ofServer(String id) {
    String file = TemplateFolder.content().get(id);
    return file != null ? file : SHIPPED_TEXTS.get(id);
  }

  private static Templates read(String realm, String id, String text) {
    String fault;
    try {
      if (text == null) {
        throw new IllegalArgumentException("there is no such template");
      }
      Template template = TemplateDocument.read(text);
      if (template.id().equals(id)) {
        return new Templates(id, template, null);
      }
      fault = "its id is not the name under which it is stored";
    } catch (IllegalArgumentException e) {
      fault = e.getMessage();
    }
    LOGGER.warnf("Realm '%s': the scheme template %s cannot be used: %s", realm, id, fault);
    return new Templates(id, null, fault);
  }

  /** The id of the template in use, or null. */
  public String id() {
    return id;
  }

  /** The template in use; empty if the realm names none, or one that cannot be used. */
  public Optional<Template> inUse() {
    return Optional.ofNullable(template);
  }

  /** Why the named template cannot be used; empty if it can, or if none is named. */
  public Optional<String> fault() {
    return Optional.ofNullable(fault);
  }
}
