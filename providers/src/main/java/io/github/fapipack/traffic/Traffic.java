package io.github.fapipack.traffic;

import io.github.fapipack.rule.ProvenRequests;
import io.github.fapipack.rule.ProvenRequests.Count;
import io.github.fapipack.rule.ProvenRequests.Sender;
import jakarta.persistence.EntityManager;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * How many requests each client of a realm has sent, and when it was last seen. Every node adds its
 * counts to the same rows of the database once a minute.
 */
public final class Traffic {

  private static final Logger LOGGER = Logger.getLogger(Traffic.class);

  private Traffic() {}

  /**
   * The traffic of each client of a realm that has sent requests, by the client's id. The counts of
   * this node are included; those of other nodes may be missing for up to a minute.
   */
  public static Map<String, Count> of(KeycloakSession session, RealmModel realm) {
    keep(session.getKeycloakSessionFactory());
    return read(session, realm, null);
  }

  /** The same for one client. */
  public static Map<String, Count> of(KeycloakSession session, RealmModel realm, String id) {
    keep(session.getKeycloakSessionFactory());
    return read(session, realm, id);
  }

  private static Map<String, Count> read(KeycloakSession session, RealmModel realm, String id) {
    Map<String, Count> seen = new HashMap<>();
    rows(entities(session), realm.getId(), id)
        .forEach(
            row ->
                seen.put((String) row[0], new Count((Long) row[1], (Long) row[2], (Long) row[3])));
    return seen;
  }

  private static List<Object[]> rows(EntityManager entities, String realmId, String id) {
    var query =
        entities
            .createQuery(
                "select t.clientId, t.requests, t.firstSeen, t.lastSeen from TrafficEntity t"
                    + " where t.realmId = :realm"
                    + (id == null ? "" : " and t.clientId = :client"),
                Object[].class)
            .setParameter("realm", realmId);
    return (id == null ? query : query.setParameter("client", id)).getResultList();
  }

  /**
   * Adds the counts of this node to the database. Counts that cannot be stored are kept and tried
   * again.
   */
  static void keep(KeycloakSessionFactory factory) {
    // Sorted, so that nodes that update the same rows wait for each other instead of causing a
    // deadlock.
    Map<Sender, Count> counted = new TreeMap<>(Comparator.comparing(Sender::id));
    counted.putAll(ProvenRequests.take());
    if (counted.isEmpty()) {
      return;
    }
    Map<Sender, Count> unknown = new HashMap<>();
    try {
      KeycloakModelUtils.runJobInTransaction(
          factory,
          session ->
              counted.forEach(
                  (sender, count) -> {
                    if (!add(session, sender, count)) {
                      unknown.put(sender, count);
                    }
                  }));
    } catch (RuntimeException e) {
      LOGGER.warn("The traffic of clients could not be stored; it is tried again", e);
      ProvenRequests.giveBack(counted);
      return;
    }
    unknown.forEach((sender, count) -> begin(factory, sender, count));
  }

  private static boolean add(KeycloakSession session, Sender sender, Count count) {
    return entities(session)
            .createQuery(
                "update TrafficEntity t set t.requests = t.requests + :requests, t.lastSeen ="
                    + " case when t.lastSeen > :last then t.lastSeen else :last end"
                    + " where t.clientId = :client")
            .setParameter("requests", count.requests())
            .setParameter("last", count.last())
            .setParameter("client", sender.id())
            .executeUpdate()
        > 0;
  }

  /**
   * Inserts the first row of a client; if another node was faster, the counts are added to its row.
   */
  private static void begin(KeycloakSessionFactory factory, Sender sender, Count count) {
    try {
      KeycloakModelUtils.runJobInTransaction(
          factory,
          session -> {
            if (isThere(session, sender)) {
              entities(session)
                  .persist(
                      new TrafficEntity(
                          sender.id(),
                          sender.realmId(),
                          count.requests(),
                          count.first(),
                          count.last()));
            }
          });
    } catch (RuntimeException e) {
      LOGGER.debug("Another node has stored the traffic of the client first", e);
      try {
        KeycloakModelUtils.runJobInTransaction(factory, session -> add(session, sender, count));
      } catch (RuntimeException again) {
        LOGGER.warn("The traffic of a client could not be stored; it is tried again", again);
        ProvenRequests.giveBack(Map.of(sender, count));
      }
    }
  }

  /** A client that was deleted meanwhile gets no row, because nothing would delete it again. */
  private static boolean isThere(KeycloakSession session, Sender sender) {
    return !entities(session)
        .createQuery("select c.id from ClientEntity c where c.id = :client", String.class)
        .setParameter("client", sender.id())
        .getResultList()
        .isEmpty();
  }

  /**
   * Deletes the traffic of a client, or with null of all clients of a realm.
   *
   * @param id the client's id
   */
  static void forget(KeycloakSession session, String realmId, String id) {
    var delete =
        entities(session)
            .createQuery(
                "delete from TrafficEntity t where t.realmId = :realm"
                    + (id == null ? "" : " and t.clientId = :client"))
            .setParameter("realm", realmId);
    (id == null ? delete : delete.setParameter("client", id)).executeUpdate();
  }

  private static EntityManager entities(KeycloakSession session) {
    return session.getProvider(JpaConnectionProvider.class).getEntityManager();
  }
}
