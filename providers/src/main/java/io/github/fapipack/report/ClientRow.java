package io.github.fapipack.report;

import jakarta.persistence.EntityManager;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;
import org.keycloak.storage.client.ClientStorageProvider;

/**
 * A client in a list of thousands: only fields that one query can read for all clients.
 *
 * @param id Keycloak's own id
 * @param name may be null
 */
public record ClientRow(String id, String clientId, String name, boolean enabled) {

  /** By client_id, ignoring case. */
  public static final Comparator<ClientRow> BY_NAME =
      Comparator.<ClientRow, String>comparing(row -> row.clientId().toLowerCase(Locale.ROOT))
          .thenComparing(ClientRow::clientId);

  public static ClientRow of(ClientModel client) {
    return new ClientRow(
        client.getId(), client.getClientId(), client.getName(), client.isEnabled());
  }

  /**
   * All clients of a realm that the administrator may see.
   *
   * @param search a part of the client_id or the name; null for all
   */
  public static List<ClientRow> all(
      KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, String search) {
    Stream<ClientRow> rows = rows(session, realm);
    if (search != null && !search.isBlank()) {
      String part = search.strip().toLowerCase(Locale.ROOT);
      rows = rows.filter(row -> row.matches(part));
    }
    if (realm.isAdminPermissionsEnabled()) {
      // Only with this feature can an administrator see some clients and not others.
      rows =
          rows.filter(
              row -> {
                ClientModel client = realm.getClientById(row.id());
                return client != null && auth.clients().canView(client);
              });
    }
    return rows.sorted(BY_NAME).toList();
  }

  private static Stream<ClientRow> rows(KeycloakSession session, RealmModel realm) {
    if (realm
        .getComponentsStream(realm.getId(), ClientStorageProvider.class.getName())
        .findAny()
        .isPresent()) {
      return realm.getClientsStream().filter(Objects::nonNull).map(ClientRow::of);
    }
    EntityManager entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    return entities
        .createQuery(
            "select c.id, c.clientId, c.name, c.enabled from ClientEntity c"
                + " where c.realmId = :realm",
            Object[].class)
        .setParameter("realm", realm.getId())
        .getResultList()
        .stream()
        .map(
            row ->
                new ClientRow((String) row[0], (String) row[1], (String) row[2], (Boolean) row[3]));
  }

  private boolean matches(String part) {
    return clientId.toLowerCase(Locale.ROOT).contains(part)
        || (name != null && name.toLowerCase(Locale.ROOT).contains(part));
  }
}
