package io.github.fapipack.http;

import io.github.fapipack.rule.Printable;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Logs which of the pack's settings an update of a realm has removed. Keycloak replaces all
 * attributes of a realm by those of the update, and tools that manage a realm as code send only
 * those that they know.
 */
@Provider
public class LostAttributes implements ContainerRequestFilter, ContainerResponseFilter {

  private static final Logger LOGGER = Logger.getLogger(LostAttributes.class);

  private static final String BEFORE = LostAttributes.class.getName();
  private static final Pattern REALM = Pattern.compile("/?admin/realms/([^/\\x00]+)/?");
  private static final String PREFIX = "fapi.";
  private static final int LONGEST = 255;

  /** What the removal of each attribute means to an operator. */
  private static final Map<String, String> MEANING =
      Map.of(
          "fapi.grant-management",
          "Grant Management is off now: existing grants can be queried and revoked, and none"
              + " created or changed",
          "fapi.rollout",
          "the rules are enforced for every client now");

  private record Before(String id, Set<String> names) {}

  @Override
  public void filter(ContainerRequestContext request) {
    Matcher path = REALM.matcher(request.getUriInfo().getPath());
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    if (session != null && HttpMethod.PUT.equals(request.getMethod()) && path.matches()) {
      RealmModel realm = session.realms().getRealmByName(path.group(1));
      if (realm != null) {
        request.setProperty(BEFORE, new Before(realm.getId(), names(realm)));
      }
    }
  }

  private static Set<String> names(RealmModel realm) {
    Set<String> names = new TreeSet<>(realm.getAttributes().keySet());
    names.removeIf(name -> !name.startsWith(PREFIX));
    return names;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    if (request.getProperty(BEFORE) instanceof Before before
        && response.getStatus() < 300
        && session != null
        && !session.isClosed()) {
      RealmModel realm = session.realms().getRealm(before.id());
      if (realm != null) {
        before.names().removeAll(names(realm));
        before.names().forEach(name -> warn(realm, name));
      }
    }
  }

  private static void warn(RealmModel realm, String name) {
    String meaning = MEANING.get(name);
    LOGGER.warnf(
        "An update of realm '%s' has removed the attribute %s%s",
        Printable.of(realm.getName(), LONGEST),
        Printable.of(name, LONGEST),
        meaning == null ? "" : ": " + meaning);
  }
}
