package io.github.fapipack.http;

import io.github.fapipack.keycloak.ServerState;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;

/**
 * Paths of other extensions at which the pack ignores access tokens of this server, because the
 * extension uses the header for its own purpose. An operator lists them; paths of Keycloak and of
 * the pack cannot be listed.
 */
public final class ExemptPaths {

  private static final String ANY = "*";

  /** The names below a realm that belong to Keycloak, even if an extension uses one of them. */
  private static final Set<String> RESERVED =
      Set.of(
          ".well-known",
          "account",
          "authz",
          "broker",
          "clients",
          "clients-managements",
          "clients-registrations",
          "login-actions",
          "protocol");

  private static final ServerState<List<String[]>> EXEMPT = new ServerState<>(List::of);

  private ExemptPaths() {}

  /**
   * Stores the operator's list.
   *
   * @param paths {@code /realms/}*{@code /name} or {@code /admin/realms/}*{@code /name} of another
   *     extension, including everything below it, or any path outside of these; null for none
   * @throws IllegalArgumentException if one is not the path of another extension
   */
  public static void use(KeycloakSessionFactory factory, String[] paths) {
    for (String path : paths == null ? new String[0] : paths) {
      if (!isOfAnotherExtension(factory, path, path.split("/", -1))) {
        throw new IllegalArgumentException(
            "'"
                + path
                + "' cannot be exempt: name the path of another extension, as /realms/*/name or"
                + " /admin/realms/*/name");
      }
    }
    EXEMPT.set(
        Arrays.stream(paths == null ? new String[0] : paths).map(p -> p.split("/")).toList());
  }

  private static boolean isOfAnotherExtension(
      KeycloakSessionFactory factory, String path, String[] names) {
    if (names.length < 2
        || !names[0].isEmpty()
        || path.matches(".*[%;?#\\s].*")
        || Arrays.stream(names).skip(1).anyMatch(name -> name.isEmpty() || name.startsWith("."))
        || names[names.length - 1].equals(ANY)) {
      return false;
    }
    return switch (names[1]) {
      case "realms" ->
          names.length > 3
              && !RESERVED.contains(names[3])
              && isForeign(factory.getProviderFactory(RealmResourceProvider.class, names[3]));
      case "admin" ->
          names.length > 4
              && names[2].equals("realms")
              && isForeign(factory.getProviderFactory(AdminRealmResourceProvider.class, names[4]));
      default -> !names[1].equals(ANY);
    };
  }

  private static boolean isForeign(Object provider) {
    return provider != null
        && !provider.getClass().getName().startsWith("io.github.fapipack.")
        && !provider.getClass().getName().startsWith("org.keycloak.");
  }

  /** Whether a request goes to a path in the operator's list. */
  static boolean contain(UriInfo uri) {
    if (EXEMPT.get().isEmpty()) {
      return false;
    }
    String written = uri.getRequestUri().getRawPath();
    if (written == null || written.indexOf('%') >= 0 || written.indexOf(';') >= 0) {
      return false; // an unusual encoding may be routed elsewhere
    }
    String path = uri.getPath();
    String[] names = (path.startsWith("/") ? path : "/" + path).split("/");
    return EXEMPT.get().stream().anyMatch(pattern -> begins(names, pattern));
  }

  private static boolean begins(String[] names, String[] pattern) {
    for (int i = 0; i < pattern.length; i++) {
      if (i >= names.length || !(pattern[i].equals(ANY) || pattern[i].equals(names[i]))) {
        return false;
      }
    }
    return true;
  }
}
