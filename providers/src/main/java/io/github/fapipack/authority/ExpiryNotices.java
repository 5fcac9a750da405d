package io.github.fapipack.authority;

import io.github.fapipack.keycloak.ServerState;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Tells the people of organisations that certificates expire: 30, 7 and 1 days before, or as the
 * realm attribute {@value #DAYS} says. A notice is marked before it is sent, so that nobody gets it
 * twice; if it cannot be sent, the next one follows nearer to the end.
 */
final class ExpiryNotices {

  static final long DAY = 24L * 60 * 60 * 1000;

  /** The attribute, with numbers of days that are separated by commas. */
  static final String DAYS = "fapi.scheme.notice-days";

  private static final Logger LOGGER = Logger.getLogger(ExpiryNotices.class);

  private static final List<Integer> USUAL = List.of(1, 7, 30);
  private static final int MOST_DAYS = 3650;
  private static final int MOST_NOTICES = 10;

  /** What has been warned of, which the watch would do every few seconds. */
  private static final ServerState<Set<String>> WARNED =
      new ServerState<>(ConcurrentHashMap::newKeySet);

  private static final int PAGE = 100;

  /** The rest follows when the watch comes again. */
  private static final int MOST_PAGES = 20;

  private final KeycloakSessionFactory factory;
  private final String realmId;

  ExpiryNotices(KeycloakSessionFactory factory, String realmId) {
    this.factory = factory;
    this.realmId = realmId;
  }

  /** Sends all notices that are due; on one node at a time. */
  void send() {
    List<Integer> days = inRealm((session, realm) -> days(realm.getAttribute(DAYS)));
    int pages = 0;
    for (int each : days == null ? List.<Integer>of() : days) {
      int latest = days.get(days.size() - 1);
      List<IssuedEntity> page;
      do {
        page = inRealm((session, realm) -> claim(session, each, latest));
        deliver(page == null ? List.of() : page, each);
        pages++;
      } while (page != null && page.size() == PAGE && pages < MOST_PAGES);
    }
  }

  /** In ascending order, so that the nearest end is told of if several are near. */
  static List<Integer> days(String attribute) {
    if (attribute == null || attribute.isBlank()) {
      return USUAL;
    }
    try {
      List<Integer> days =
          Arrays.stream(attribute.strip().split("[,\\s]+"))
              .map(Integer::valueOf)
              .sorted()
              .distinct()
              .toList();
      if (days.size() <= MOST_NOTICES
          && days.get(0) > 0
          && days.get(days.size() - 1) <= MOST_DAYS) {
        return days;
      }
    } catch (NumberFormatException e) {
      LOGGER.debugf(e, "The attribute %s is no list of numbers", DAYS);
    }
    if (WARNED.get().add(attribute)) {
      LOGGER.warnf(
          "The attribute %s must have at most ten numbers of days from 1 to 3650, such as 30,7,1;"
              + " these are used instead of %s",
          DAYS, attribute);
    }
    return USUAL;
  }

  private List<IssuedEntity> claim(KeycloakSession session, int days, int latest) {
    long now = Time.currentTimeMillis();
    return new NoticeTable(
            session.getProvider(JpaConnectionProvider.class).getEntityManager(), realmId)
        .claim(days, now, now + latest * DAY, PAGE);
  }

  private void deliver(List<IssuedEntity> page, int days) {
    Map<String, List<Issued>> byOrganisation =
        page.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.organisationId,
                    LinkedHashMap::new,
                    Collectors.mapping(IssuedEntity::read, Collectors.toList())));
    byOrganisation.forEach(
        (organisation, certificates) -> {
          try {
            inRealm(
                (session, realm) -> {
                  new ExpiryNotice(organisation, certificates, days).deliver(session, realm);
                  return null;
                });
          } catch (RuntimeException e) {
            LOGGER.errorf(
                e, "Organisation %s cannot be told that certificates expire", organisation);
          }
        });
  }

  private interface Work<T> {
    T in(KeycloakSession session, RealmModel realm);
  }

  /** In a transaction of its own; null if the realm is gone. */
  private <T> T inRealm(Work<T> work) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        factory,
        session -> {
          RealmModel realm = session.realms().getRealm(realmId);
          if (realm == null) {
            return null;
          }
          session.getContext().setRealm(realm);
          return work.in(session, realm);
        });
  }
}
