package io.github.fapipack.bridge;

import io.github.fapipack.fetch.PartnerClient;
import io.github.fapipack.rule.Clause;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.ScheduledTask;
import org.keycloak.timer.TimerProvider;

/**
 * Tells the banks' consent services which consents were ended here, until they know. Every node
 * looks every few seconds; a lock of the cluster sees to it that one node does it. After a failure
 * the consent is tried again later, up to an hour each time, and the rest of its realm at the next
 * look. No transaction of the database is open during a call.
 */
@Clause("CB 4-2")
public final class ConsentOutbox implements ScheduledTask {

  private static final Logger LOGGER = Logger.getLogger(ConsentOutbox.class);
  private static final long EVERY_MILLIS = 5_000;

  /** Seconds after which the lock of a node that has crashed is ignored. */
  private static final int LONGEST = 120;

  /** How many seconds one look may take for one realm. */
  private static final int SHARE = 30;

  private static final int PORTION = 50;
  private static final int FIRST_DELAY = 5;
  private static final int LONGEST_DELAY = 3_600;

  private final ConsentGauges gauges = new ConsentGauges();

  /** Starts the looks. */
  public void begin(KeycloakSession session) {
    session.getProvider(TimerProvider.class).scheduleTask(this, EVERY_MILLIS);
  }

  @Override
  public void run(KeycloakSession session) {
    KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
    for (String realmId : inTable(factory, OutboxTable::realmsDue)) {
      try {
        alone(factory, realmId);
      } catch (RuntimeException e) {
        LOGGER.warnf(e, "The ended consents of realm %s cannot be reported", realmId);
      }
    }
    gauges.show(factory);
  }

  private static void alone(KeycloakSessionFactory factory, String realmId) {
    KeycloakModelUtils.runJobInTransaction(
        factory,
        session ->
            session
                .getProvider(ClusterProvider.class)
                .executeIfNotExecuted(
                    "fapi-consent-outbox::" + realmId,
                    LONGEST,
                    () -> {
                      tellAll(factory, realmId);
                      return null;
                    }));
  }

  private static void tellAll(KeycloakSessionFactory factory, String realmId) {
    long end = Time.currentTimeSeconds() + SHARE;
    List<KnownConsent> due;
    do {
      due = inTable(factory, table -> table.due(realmId, PORTION));
      for (KnownConsent consent : due) {
        if (!tell(factory, consent) || Time.currentTimeSeconds() >= end) {
          return;
        }
      }
    } while (!due.isEmpty());
  }

  /** Returns whether the service knows now. */
  private static boolean tell(KeycloakSessionFactory factory, KnownConsent consent) {
    long next = Time.currentTimeSeconds() + delay(consent.attempts());
    inTable(
        factory,
        table -> {
          table.attempt(consent, next);
          return null;
        });
    try {
      Optional<Revocation> revocation = prepare(factory, consent);
      if (revocation.isEmpty()) {
        return false; // the realm is being deleted
      }
      revocation.get().send(factory);
    } catch (ConsentUnavailable e) {
      LOGGER.warnf(
          "Realm %s: the bank's consent service was not told that a consent has ended (attempt"
              + " %d): %s",
          consent.realmId(), consent.attempts() + 1, e.getMessage());
      return false;
    }
    inTable(
        factory,
        table -> {
          table.told(consent.realmId(), consent.consentId());
          return null;
        });
    return true;
  }

  /**
   * A call that is ready.
   *
   * @param fault why it cannot be made; null if it can
   */
  private record Revocation(PartnerClient.Call call, ConsentUnavailable fault) {

    void send(KeycloakSessionFactory factory) throws ConsentUnavailable {
      if (fault != null) {
        throw fault;
      }
      try (KeycloakSession bare = factory.create()) {
        ConsentService.tell(bare, call);
      }
    }
  }

  private static Optional<Revocation> prepare(
      KeycloakSessionFactory factory, KnownConsent consent) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        factory,
        session -> {
          RealmModel realm = session.realms().getRealm(consent.realmId());
          if (realm == null) {
            return Optional.empty();
          }
          session.getContext().setRealm(realm);
          try {
            return Optional.of(
                new Revocation(
                    ConsentService.of(session, realm, consent.issuer())
                        .revocation(
                            consent.consentId(), consent.endedBy().value(), consent.endedAt()),
                    null));
          } catch (ConsentUnavailable e) {
            return Optional.of(new Revocation(null, e));
          }
        });
  }

  /**
   * Seconds until the next attempt: twice as many each time, up to an hour, and up to a tenth less,
   * so that servers of many realms do not come at once.
   */
  static long delay(int attempts) {
    long most = Math.min(LONGEST_DELAY, (long) FIRST_DELAY << Math.min(attempts, 10));
    return most - ThreadLocalRandom.current().nextLong(most / 10 + 1);
  }

  static <T> T inTable(KeycloakSessionFactory factory, Function<OutboxTable, T> work) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        factory, session -> work.apply(KnownConsents.outbox(session)));
  }

  @Override
  public String getTaskName() {
    return "fapi-consent-outbox";
  }
}
