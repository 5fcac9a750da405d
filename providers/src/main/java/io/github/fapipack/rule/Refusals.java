package io.github.fapipack.rule;

import io.micrometer.core.instrument.Metrics;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;

/**
 * Where refusals, and in report mode would-be refusals, can be seen: the log, the metrics and the
 * realm's events.
 */
final class Refusals {

  private static final Logger LOGGER = Logger.getLogger(Refusal.class);

  /** Becomes {@code fapi_rule_refusals_total} on the metrics endpoint. */
  private static final String METRIC = "fapi.rule.refusals";

  /** In place of an OAuth error code. */
  static final String CORRECTED = "corrected";

  private Refusals() {}

  static void record(Occasion occasion, Mode mode, Refusal refusal) {
    LOGGER.logf(
        mode == Mode.REPORT ? Logger.Level.INFO : Logger.Level.DEBUG,
        "%s %s: realm=%s client=%s error=%s: %s",
        occasion.rule().getId(),
        name(mode),
        occasion.realm().getName(),
        name(occasion.client()),
        refusal.getError(),
        refusal.getErrorDetail());
    count(occasion, occasion.client(), mode, refusal.getError());
    RefusalLog.record(
        occasion, occasion.client(), name(mode), refusal.getError(), refusal.getErrorDetail());
  }

  /** A setting of a client that a rule has put right, or in report mode would have. */
  static void recordCorrection(Occasion occasion, ClientModel client, Mode mode, String what) {
    count(occasion, client, mode, CORRECTED);
    RefusalLog.record(occasion, client, name(mode), CORRECTED, what);
  }

  private static void count(Occasion occasion, ClientModel client, Mode mode, String error) {
    Metrics.counter(
            METRIC,
            "realm",
            occasion.realm().getName(),
            "client",
            name(client),
            "rule",
            occasion.rule().getId(),
            "mode",
            name(mode),
            "error",
            error)
        .increment();
  }

  /** Only registered clients become labels: a stranger must not be able to make time series. */
  private static String name(ClientModel client) {
    return client == null ? "none" : client.getClientId();
  }

  private static String name(Mode mode) {
    return RefusalLog.name(mode);
  }
}
