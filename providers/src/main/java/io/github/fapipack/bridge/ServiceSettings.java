package io.github.fapipack.bridge;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/**
 * Where the bank's consent service of a realm is, from the realm's attributes.
 *
 * @param address without a trailing slash
 * @param issuer what its answers, events and pages call it
 * @param jwksUri the keys that sign its events, and the answers of its page
 * @param page the bank's own consent page; null if the pack's page is used
 * @param subject how the service knows users: {@code id}, {@code username} or {@code
 *     attribute:NAME}
 */
public record ServiceSettings(
    String address, String issuer, String jwksUri, String page, String subject) {

  /** The realm attribute with the https address. */
  public static final String ADDRESS = "fapi.consent-service";

  /** The realm attribute with the issuer, if that is not the address. */
  public static final String ISSUER = ADDRESS + ".issuer";

  /** The realm attribute with the address of the keys, if that is not {@code jwks} below. */
  public static final String JWKS_URI = ADDRESS + ".jwks-uri";

  /** The realm attribute with the address of the bank's own page. */
  public static final String PAGE = ADDRESS + ".page";

  /** The realm attribute that says how the service knows users. */
  public static final String SUBJECT = ADDRESS + ".subject";

  private static final String ATTRIBUTE = "attribute:";

  /** The settings of a realm; empty if it names no service. */
  public static Optional<ServiceSettings> of(RealmModel realm) {
    return value(realm, ADDRESS)
        .map(
            written -> {
              String address = written.replaceFirst("/+$", "");
              return new ServiceSettings(
                  address,
                  value(realm, ISSUER).orElse(address),
                  value(realm, JWKS_URI).orElse(address + "/jwks"),
                  value(realm, PAGE).orElse(null),
                  value(realm, SUBJECT).orElse("id"));
            });
  }

  /** The ids of the realms that name a service. */
  public static List<String> realms(KeycloakSession session) {
    return session
        .getProvider(JpaConnectionProvider.class)
        .getEntityManager()
        .createQuery(
            "select a.realm.id from RealmAttributeEntity a where a.name = :name", String.class)
        .setParameter("name", ADDRESS)
        .getResultList();
  }

  private static Optional<String> value(RealmModel realm, String name) {
    return Optional.ofNullable(realm.getAttribute(name))
        .map(String::strip)
        .filter(s -> !s.isEmpty());
  }

  /** Why the settings cannot be used; empty if they can. */
  public Optional<String> fault() {
    return isSecure(address) && isSecure(jwksUri) && (page == null || isSecure(page))
        ? Optional.empty()
        : Optional.of("the addresses of the consent service must be https addresses");
  }

  private static boolean isSecure(String text) {
    try {
      URI uri = URI.create(text);
      return "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** What the service calls a user; empty if the user has no such name. */
  public Optional<String> subject(UserModel user) {
    if (subject.startsWith(ATTRIBUTE)) {
      return Optional.ofNullable(user.getFirstAttribute(subject.substring(ATTRIBUTE.length())));
    }
    return Optional.of("username".equals(subject) ? user.getUsername() : user.getId());
  }

  /** The user whom the service calls that; empty if there is none, or more than one. */
  public Optional<UserModel> user(KeycloakSession session, RealmModel realm, String name) {
    UserProvider users = session.users();
    if (!subject.startsWith(ATTRIBUTE)) {
      return Optional.ofNullable(
          "username".equals(subject)
              ? users.getUserByUsername(realm, name)
              : users.getUserById(realm, name));
    }
    List<UserModel> found =
        users
            .searchForUserByUserAttributeStream(realm, subject.substring(ATTRIBUTE.length()), name)
            .limit(2)
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }
}
