package io.github.fapipack.directory;

import io.github.fapipack.ecosystem.Directory.ParticipantsList;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.fetch.BoundedFetch;
import io.github.fapipack.fetch.BoundedFetch.Answer;
import io.github.fapipack.participants.DirectoryStatus;
import io.github.fapipack.participants.ListApplication;
import io.github.fapipack.participants.ListPlan;
import io.github.fapipack.participants.Participants;
import io.github.fapipack.participants.PublishedList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Reads the list of a directory and applies it. A list that cannot be had or read leaves everything
 * as it was, and so does one that would end too many participants at once, until an administrator
 * says otherwise.
 */
public final class DirectoryPoll {

  private static final Logger LOGGER = Logger.getLogger(DirectoryPoll.class);

  private static final BoundedFetch.Limits LIMITS = new BoundedFetch.Limits(30_000, 20_000_000);

  /** Seconds after which the lock of a node that has crashed is ignored. */
  private static final int LONGEST = 300;

  private static final int UNCHANGED = 304;
  private static final int OK = 200;

  /** The longest tag that can be stored. */
  private static final int LONGEST_TAG = 255;

  private static final String NOT_APPLIED = ", so it is not applied";

  private final KeycloakSessionFactory factory;
  private final String realmId;
  private final ParticipantsList rules;
  private final boolean force;

  private DirectoryPoll(
      KeycloakSessionFactory factory, String realmId, ParticipantsList rules, boolean force) {
    this.factory = factory;
    this.realmId = realmId;
    this.rules = rules;
    this.force = force;
  }

  /** Reads the list of a realm's directory if its time has come. */
  static void ifDue(KeycloakSessionFactory factory, String realmId) {
    rules(factory, realmId)
        .map(rules -> new DirectoryPoll(factory, realmId, rules, false))
        .filter(poll -> poll.isDue(poll.status()))
        .ifPresent(DirectoryPoll::alone);
  }

  /**
   * Reads the list at once.
   *
   * @param force whether a list is applied that would end many participants
   * @return false if the realm has no directory with a list, or another node is reading it
   */
  public static boolean now(KeycloakSessionFactory factory, String realmId, boolean force) {
    return rules(factory, realmId)
        .map(rules -> new DirectoryPoll(factory, realmId, rules, force).alone(true))
        .orElse(false);
  }

  /**
   * Whether the latest list was not applied because it would end many participants at once.
   *
   * @param problem why the latest attempt has failed; null if it has not
   */
  public static boolean isHeldBack(String problem) {
    return problem != null && problem.endsWith(NOT_APPLIED);
  }

  private static Optional<ParticipantsList> rules(KeycloakSessionFactory factory, String realmId) {
    AtomicReference<ParticipantsList> found = new AtomicReference<>();
    DirectoryWatch.inRealm(
        factory,
        realmId,
        (session, realm) ->
            EcosystemProfiles.of(realm)
                .inUse()
                .map(profile -> profile.directory().status())
                .ifPresent(found::set));
    return Optional.ofNullable(found.get());
  }

  private DirectoryStatus status() {
    AtomicReference<DirectoryStatus> found =
        new AtomicReference<>(DirectoryStatus.unread(rules.uri()));
    DirectoryWatch.inRealm(
        factory,
        realmId,
        (session, realm) ->
            Participants.of(session)
                .directory()
                .filter(known -> rules.uri().equals(known.uri()))
                .ifPresent(found::set));
    return found.get();
  }

  private boolean isDue(DirectoryStatus status) {
    return Time.currentTimeMillis() >= status.nextAttempt();
  }

  private void alone() {
    alone(false);
  }

  private boolean alone(boolean always) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        factory,
        session ->
            session
                .getProvider(ClusterProvider.class)
                .executeIfNotExecuted(
                    "fapi-directory::" + realmId,
                    LONGEST,
                    () -> {
                      DirectoryStatus before = status();
                      if (always || isDue(before)) {
                        poll(before);
                      }
                      return true;
                    })
                .isExecuted());
  }

  private void poll(DirectoryStatus before) {
    long now = Time.currentTimeMillis();
    DirectoryStatus begun = before.begun(now, now + nextIn());
    save(begun);
    DirectoryStatus after;
    try {
      after = read(begun);
    } catch (ListReader.Unreadable e) {
      after = begun.failed(e.getMessage());
    } catch (IOException e) {
      LOGGER.debug("The list of participants cannot be fetched", e);
      after = begun.failed("the directory cannot be reached: " + e.getMessage());
    } catch (RuntimeException e) {
      LOGGER.error("The list of participants cannot be applied", e);
      after = begun.failed("the list cannot be applied; see the server's log");
    }
    save(new DirectoryAlarm(factory, realmId, rules).sound(before, after));
  }

  /** A little earlier than the interval, so that the nodes of many servers do not come at once. */
  private long nextIn() {
    long every = rules.interval().toMillis();
    return every - ThreadLocalRandom.current().nextLong(every / 10 + 1);
  }

  private DirectoryStatus read(DirectoryStatus begun) throws IOException, ListReader.Unreadable {
    Answer answer = fetch(begun);
    if (answer.status() == UNCHANGED && begun.etag() != null && !force) {
      return begun.unchanged(Time.currentTimeMillis());
    }
    if (answer.status() != OK) {
      throw new ListReader.Unreadable("the directory answers with HTTP " + answer.status());
    }
    PublishedList list = ListReader.read(answer.body(), rules);
    ListApplication application = new ListApplication(factory, realmId, list, rules.missing());
    ListPlan plan = application.plan();
    if (!force && plan.endsMoreThan(rules.mostEndedPercent())) {
      throw new ListReader.Unreadable(
          "the list would end "
              + plan.ended()
              + " of "
              + plan.active()
              + " active organisations at once"
              + NOT_APPLIED);
    }
    application.apply(plan);
    if (list.unreadable() > 0) {
      LOGGER.warnf(
          "%d entries of the list of participants at %s cannot be read; the others are applied",
          list.unreadable(), rules.uri());
    }
    return begun.applied(
        Time.currentTimeMillis(),
        answer.etag() == null || answer.etag().length() > LONGEST_TAG ? null : answer.etag(),
        list.organisationCount(),
        list.softwareCount());
  }

  private Answer fetch(DirectoryStatus begun) throws IOException {
    Map<String, String> headers = new HashMap<>(Map.of("Accept", "application/json"));
    headers.putAll(rules.headers());
    if (begun.etag() != null && !force) {
      headers.put("If-None-Match", begun.etag());
    }
    try {
      return KeycloakModelUtils.runJobInTransactionWithResult(
          factory,
          session -> {
            session.getContext().setRealm(session.realms().getRealm(realmId));
            try {
              return BoundedFetch.get(session, rules.uri(), headers, LIMITS);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void save(DirectoryStatus status) {
    DirectoryWatch.inRealm(
        factory, realmId, (session, realm) -> Participants.of(session).save(status));
  }
}
