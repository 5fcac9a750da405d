package io.github.fapipack.rule;

import io.micrometer.core.instrument.Metrics;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Reports refusals, and in report mode would-be refusals, to the log, the metrics and the realm's
 * events.
 */
final class Refusals {

  private static final Logger LOGGER = Logger.getLogger(Refusal.class);

  /** Becomes {@code fapi_rule_refusals_total} on the metrics endpoint. */
  private static final String BY_RULE = "fapi.rule.refusals";

  /** Becomes {@code fapi_refused_requests_total}. */
  private static final String REQUESTS = "fapi.refused.requests";

  /** Stands in for the client if there is none. */
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

  /** Reports that a rule corrected a setting of a client, or in report mode would have. */
  static void recordCorrection(Occasion occasion, ClientModel client, Mode mode, String what) {
    Provenance.count(
        occasion.session(), occasion.context(), client, Objection.correction(occasion, mode, what));
  }

  /**
   * Counts an objection of a rule.
   *
   * @param clientId the client that the request is proven to come from; null if unproven: an
   *     unproven sender must not create time series or add to another client's count
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

  /** Counts and stores a request once. */
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
