package io.github.fapipack.consent;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.models.RealmModel;

/**
 * The lifetimes of a grant that the user may choose: ISO 8601 durations in a realm attribute; the
 * first one is offered first.
 */
final class GrantLifetimes {

  /** The realm attribute. */
  static final String ATTRIBUTE = "fapi.grant-lifetimes";

  private static final Logger LOGGER = Logger.getLogger(GrantLifetimes.class);

  private static final String DEFAULT = "P90D";
  private static final int MAX_OFFERED = 8;

  /** The longest lifetime; users forget older approvals. */
  private static final Period CAP = Period.ofYears(10);

  /** The time allowed for something that is carried out once, from its due date. */
  private static final Duration ONCE = Duration.ofDays(1);

  private GrantLifetimes() {}

  /**
   * The end of the approval of something that is carried out once, in seconds since the epoch: a
   * day from now, or the end of its due day, whichever is later.
   *
   * @param due the dates of execution, if known
   */
  static long once(List<String> due, long now) {
    long end = add(ONCE, now);
    for (String date : due) {
      try {
        end = Math.max(end, due(date));
      } catch (DateTimeException | ArithmeticException e) {
        LOGGER.debug("Not a date", e);
      }
    }
    return Math.min(end, add(CAP, now));
  }

  private static long due(String date) {
    LocalDate day =
        date.indexOf('T') < 0
            ? LocalDate.parse(date)
            : OffsetDateTime.parse(date).atZoneSameInstant(ZoneId.systemDefault()).toLocalDate();
    return day.plusDays(1).atStartOfDay(ZoneId.systemDefault()).toEpochSecond() - 1;
  }

  /** The end of each lifetime that begins now, in seconds since the epoch. */
  static Map<String, Long> of(RealmModel realm) {
    String attribute = realm.getAttribute(ATTRIBUTE);
    Map<String, Long> ends =
        attribute == null || attribute.isBlank()
            ? Map.of()
            : parse(attribute, Time.currentTimeSeconds());
    return ends.isEmpty() ? parse(DEFAULT, Time.currentTimeSeconds()) : ends;
  }

  /** Values that cannot be used are ignored. */
  static Map<String, Long> parse(String text, long now) {
    Map<String, Long> ends = new LinkedHashMap<>();
    for (String lifetime : List.of(text.trim().split("\\s+"))) {
      try {
        long end = end(lifetime, now);
        if (end > now && end <= add(CAP, now) && ends.size() < MAX_OFFERED) {
          ends.put(lifetime, end);
          continue;
        }
      } catch (DateTimeException | ArithmeticException e) {
        LOGGER.debug("Not a duration", e);
      }
      LOGGER.warnf("%s: '%s' is not a duration up to %s", ATTRIBUTE, lifetime, CAP);
    }
    return ends;
  }

  private static long end(String lifetime, long now) {
    return add(lifetime.indexOf('T') < 0 ? Period.parse(lifetime) : Duration.parse(lifetime), now);
  }

  private static long add(TemporalAmount amount, long now) {
    return Instant.ofEpochSecond(now).atOffset(ZoneOffset.UTC).plus(amount).toEpochSecond();
  }
}
