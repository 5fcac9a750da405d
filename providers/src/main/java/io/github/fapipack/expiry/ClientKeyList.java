package io.github.fapipack.expiry;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.audit.DatedKey;
import io.github.fapipack.audit.DatedKey.Status;
import io.github.fapipack.audit.JwkDates;
import io.github.fapipack.audit.KeySetFetch;
import io.github.fapipack.profile.Where;
import jakarta.persistence.TypedQuery;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.authentication.authenticators.client.JWTClientAuthenticator;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/**
 * The keys and certificates that the OpenID Connect clients of a realm have registered. One query
 * reads all of them, because a realm may have ten thousand clients.
 */
public final class ClientKeyList {

  private static final String KEY_SET = OIDCConfigAttributes.JWKS_STRING;
  private static final String KEY_SET_URI = OIDCConfigAttributes.JWKS_URL;
  private static final String CERTIFICATE = JWTClientAuthenticator.CERTIFICATE_ATTR;
  private static final List<String> ATTRIBUTES =
      List.of(
          OIDCConfigAttributes.USE_JWKS_STRING,
          KEY_SET,
          OIDCConfigAttributes.USE_JWKS_URL,
          KEY_SET_URI,
          CERTIFICATE);

  /** How many keys of one client are read. */
  private static final int MOST_OF_ONE = 50;

  private record Registered(Where owner, Status status, Map<String, String> attributes) {

    boolean isOn(String attribute) {
      return Boolean.parseBoolean(attributes.get(attribute));
    }
  }

  private ClientKeyList() {}

  /**
   * All keys and certificates of a realm's clients.
   *
   * @param fetch whether the keys at each jwks_uri are included
   */
  public static List<DatedKey> of(KeycloakSession session, RealmModel realm, KeySetFetch fetch) {
    return of(session, clients(session, realm, null), fetch);
  }

  /**
   * The keys and certificates that are stored with some clients; those at a jwks_uri are not
   * fetched.
   *
   * @param ids the clients' internal ids
   */
  public static List<DatedKey> of(
      KeycloakSession session, RealmModel realm, Collection<String> ids) {
    try (KeySetFetch nobody = KeySetFetch.none()) {
      return ids.isEmpty() ? List.of() : of(session, clients(session, realm, ids), nobody);
    }
  }

  private static List<DatedKey> of(
      KeycloakSession session, Collection<Registered> clients, KeySetFetch fetch) {
    fetch.begin(
        session,
        clients.stream()
            .filter(client -> client.isOn(OIDCConfigAttributes.USE_JWKS_URL))
            .map(client -> client.attributes().get(KEY_SET_URI)));
    List<DatedKey> keys = new ArrayList<>();
    clients.forEach(client -> keys.addAll(keys(session, client, fetch)));
    return keys;
  }

  private static Collection<Registered> clients(
      KeycloakSession session, RealmModel realm, Collection<String> ids) {
    Map<String, Registered> clients = new LinkedHashMap<>();
    TypedQuery<Object[]> query = query(session, realm, ids);
    query
        .getResultStream()
        .forEach(
            row ->
                clients
                    .computeIfAbsent((String) row[0], id -> registered(id, row))
                    .attributes()
                    .put((String) row[3], (String) row[4]));
    return clients.values();
  }

  private static TypedQuery<Object[]> query(
      KeycloakSession session, RealmModel realm, Collection<String> ids) {
    TypedQuery<Object[]> query =
        session
            .getProvider(JpaConnectionProvider.class)
            .getEntityManager()
            .createQuery(
                "select c.id, c.clientId, c.enabled, a.name, a.value"
                    + " from ClientAttributeEntity a join a.client c"
                    + " where c.realmId = :realm and a.name in (:names)"
                    + " and (c.protocol is null or c.protocol = 'openid-connect')"
                    + (ids == null ? "" : " and c.id in (:ids)"),
                Object[].class)
            .setParameter("realm", realm.getId())
            .setParameter("names", ATTRIBUTES);
    return ids == null ? query : query.setParameter("ids", ids);
  }

  private static Registered registered(String id, Object[] row) {
    return new Registered(
        new Where(Where.Kind.client, (String) row[1], id, ""),
        Boolean.TRUE.equals(row[2]) ? Status.ACTIVE : Status.DISABLED,
        new HashMap<>());
  }

  /** Only the source in use counts, in Keycloak's order. */
  private static List<DatedKey> keys(
      KeycloakSession session, Registered client, KeySetFetch fetch) {
    String uri = client.attributes().get(KEY_SET_URI);
    if (client.isOn(OIDCConfigAttributes.USE_JWKS_URL)) {
      String body = uri == null || uri.isBlank() ? null : fetch.of(session, uri).body();
      return keys(client, "jwks_uri", body);
    }
    if (client.isOn(OIDCConfigAttributes.USE_JWKS_STRING)) {
      return keys(client, "jwks", client.attributes().get(KEY_SET));
    }
    return Optional.ofNullable(client.attributes().get(CERTIFICATE))
        .flatMap(JwkDates::certificate)
        .map(certificate -> key(client, certificate))
        .stream()
        .toList();
  }

  private static List<DatedKey> keys(Registered client, String source, String keySet) {
    List<JsonNode> keys = keySet == null ? List.of() : JwkDates.keys(keySet).orElse(List.of());
    return keys.stream()
        .limit(MOST_OF_ONE)
        .map(key -> JwkDates.dated(client.owner(), source, client.status(), key))
        .toList();
  }

  private static DatedKey key(Registered client, X509Certificate certificate) {
    return new DatedKey(
        client.owner(),
        CERTIFICATE,
        client.status(),
        certificate.getPublicKey().getAlgorithm(),
        "sig",
        null,
        certificate.getSubjectX500Principal().getName(),
        certificate.getNotAfter().toInstant());
  }
}
