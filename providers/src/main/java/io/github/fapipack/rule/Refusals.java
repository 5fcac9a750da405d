package io.github.fapipack.rule;

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
  private static final String BY_RULE = "fapi.rule.refusals";

  /** Becomes {@code fapi_refused_requests_total}. */
  private static final String REQUESTS = "fapi.refused.requests";

  /** In place of a client. */
  private static final String NONE = "none";

  private Refusals() {}

  static void record(Occasion occasion, Mode mode, Refusal refusal) {
    ClientModel client = occasion.client();
    LOGGER.logf(
        mode == Mode.REPORT ? Logger.Level.INFO : Logger.Level.DEBUG,
        "%s %s: realm=%s client=%s error=%s: %s",
        occasion.rule().getId(),
        Objection.name(mode),
        occasion.realm().getName(),
        client == null ? NONE : Printable.of(client.getClientId(), 255),
        refusal.getError(),
        refusal.getErrorDetail());
    Provenance.count(
        occasion.session(), occasion.context(), client, Objection.of(occasion, mode, refusal));
  }

  /** A setting of a client that a rule has put right, or in report mode would have. */
  static void recordCorrection(Occasion occasion, ClientModel client, Mode mode, String what) {
    Provenance.count(
        occasion.session(), occasion.context(), client, Objection.correction(occasion, mode, what));
  }

  /**
   * Counts what a rule has found.
   *
   * @param clientId that of the client whose request it is; null where none is proven: a stranger
   *     must neither make time series nor count for somebody else
   */
  static void count(KeycloakSessionFactory factory, Objection found, String clientId) {
    Metrics.counter(
            BY_RULE,
            "realm",
            found.realm(),
            "client",
            clientId == null ? NONE : clientId,
            "rule",
            found.rule(),
            "mode",
            found.mode(),
            "error",
            found.error())
        .increment();
    if (found.isCorrection()) {
      RefusalLog.recordCorrection(factory, found, clientId);
    }
  }

  /** Counts and stores a request, once. */
  static void count(KeycloakSessionFactory factory, RefusedRequest request) {
    Objection leading = request.leading();
    Metrics.counter(
            REQUESTS,
            "realm",
            leading.realm(),
            "client",
            request.client().proven() ? request.client().clientId() : NONE,
            "mode",
            leading.mode(),
            "error",
            leading.error(),
            "rule",
            leading.ruleOrReason())
        .increment();
    RefusalLog.record(factory, request);
  }
}
