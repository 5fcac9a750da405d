package io.github.fapipack.rule;

import io.github.fapipack.rule.RefusalLog.Finding;
import io.micrometer.core.instrument.Metrics;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSessionFactory;

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

  /** In place of a client. */
  private static final String NONE = "none";

  private Refusals() {}

  static void record(Occasion occasion, Mode mode, Refusal refusal) {
    ClientModel client = occasion.client();
    LOGGER.logf(
        mode == Mode.REPORT ? Logger.Level.INFO : Logger.Level.DEBUG,
        "%s %s: realm=%s client=%s error=%s: %s",
        occasion.rule().getId(),
        RefusalLog.name(mode),
        occasion.realm().getName(),
        client == null ? NONE : Printable.of(client.getClientId(), 255),
        refusal.getError(),
        refusal.getErrorDetail());
    Provenance.count(
        occasion.session(),
        occasion.context(),
        client,
        Finding.of(occasion, mode, refusal.getError(), refusal.getErrorDetail()));
  }

  /** A setting of a client that a rule has put right, or in report mode would have. */
  static void recordCorrection(Occasion occasion, ClientModel client, Mode mode, String what) {
    Provenance.count(
        occasion.session(),
        occasion.context(),
        client,
        Finding.of(occasion, mode, CORRECTED, what));
  }

  /**
   * Counts a finding.
   *
   * @param clientId that of the client whose request it is; null where none is proven: a stranger
   *     must neither make time series nor count for somebody else
   */
  static void count(KeycloakSessionFactory factory, Finding finding, String clientId) {
    Metrics.counter(
            METRIC,
            "realm",
            finding.realm(),
            "client",
            clientId == null ? NONE : clientId,
            "rule",
            finding.rule(),
            "mode",
            finding.mode(),
            "error",
            finding.error())
        .increment();
    RefusalLog.record(factory, finding, clientId);
  }
}
