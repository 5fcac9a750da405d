package io.github.fapipack.rollout;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.fapipack.rule.RefusalLog;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.hibernate.jpa.AvailableHints;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.events.jpa.EventEntity;
import org.keycloak.util.JsonSerialization;

/**
 * Finds refusals among all stored events. They have no user, and Keycloak's table has an index by
 * user, type and time; its own query does not ask for events without a user, so that the database
 * would read all events of the realm, of which a busy realm has millions.
 *
 * @param clientId of the client that sent them; null for all
 */
record StoredRefusals(String realmId, String clientId, long from, long to) {

  private static final String REFUSALS =
      "select e from EventEntity e where e.realmId = :realm and e.userId is null"
          + " and e.type = :type and e.time >= :from and e.time <= :to";

  /**
   * The latest of them first.
   *
   * @param first how many to leave out
   */
  List<Event> list(EntityManager entities, int first, int max) {
    TypedQuery<EventEntity> query =
        entities
            .createQuery(
                REFUSALS
                    + (clientId == null ? "" : " and e.clientId = :client")
                    + " order by e.time desc",
                EventEntity.class)
            .setParameter("realm", realmId)
            .setParameter("type", RefusalLog.TYPE.name())
            .setParameter("from", from)
            .setParameter("to", to)
            .setHint(AvailableHints.HINT_READ_ONLY, true);
    if (clientId != null) {
      query.setParameter("client", clientId);
    }
    return query
        .setFirstResult(first)
        .setMaxResults(max)
        .getResultStream()
        .map(StoredRefusals::event)
        .toList();
  }

  private static Event event(EventEntity row) {
    Event event = new Event();
    event.setId(row.getId());
    event.setTime(row.getTime());
    event.setType(EventType.valueOf(row.getType()));
    event.setRealmId(row.getRealmId());
    event.setClientId(row.getClientId());
    event.setIpAddress(row.getIpAddress());
    event.setSessionId(row.getSessionId());
    event.setError(row.getError());
    event.setDetails(details(row.getDetailsJson()));
    return event;
  }

  private static Map<String, String> details(String json) {
    try {
      return json == null
          ? null
          : JsonSerialization.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
