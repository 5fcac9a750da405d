package io.github.fapipack.expiry;

import io.github.fapipack.audit.KeySetFetch;
import io.github.fapipack.profile.Where;
import io.github.fapipack.rule.RealmRules;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.ScheduledTask;
import org.keycloak.timer.TimerProvider;

/**
 * Checks at intervals when the certificates of realms with rules of the pack end, so that scraping
 * the metrics costs nothing. Each node of a cluster does this, with the same result.
 */
public final class CertificateWatch implements ScheduledTask {

  private static final Logger LOGGER = Logger.getLogger(CertificateWatch.class);

  /** The latest time of the first check after the start. */
  private static final Duration FIRST = Duration.ofSeconds(30);

  private final CertificateGauges gauges = new CertificateGauges();

  /** Starts the checks. */
  public void begin(KeycloakSession session, Duration every) {
    session
        .getProvider(TimerProvider.class)
        .scheduleTask(
            this, Math.min(FIRST.toMillis(), every.toMillis()), every.toMillis(), getTaskName());
  }

  @Override
  public void run(KeycloakSession session) {
    if (Metrics.globalRegistry.getRegistries().isEmpty()) {
      return; // the server has no metrics
    }
    List<String> realms = session.realms().getRealmsStream().map(RealmModel::getId).toList();
    for (String id : realms) {
      try {
        KeycloakModelUtils.runJobInTransaction(
            session.getKeycloakSessionFactory(), reading -> look(reading, id));
      } catch (RuntimeException e) {
        LOGGER.warnf(e, "The certificates of realm %s cannot be looked at", id);
      }
    }
    ServerCertificate.find()
        .ifPresent(key -> gauges.note(CertificateGauges.SERVER, Where.Kind.server, List.of(key)));
    gauges.show();
  }

  private void look(KeycloakSession reading, String id) {
    RealmModel realm = reading.realms().getRealm(id);
    if (realm == null) {
      return; // deleted meanwhile
    }
    reading.getContext().setRealm(realm);
    if (RealmRules.of(reading, realm).isEmpty()) {
      return;
    }
    gauges.note(realm.getName(), Where.Kind.realm, RealmKeyList.of(reading, realm));
    try (KeySetFetch nobody = KeySetFetch.none()) {
      gauges.note(realm.getName(), Where.Kind.client, ClientKeyList.of(reading, realm, nobody));
    }
  }

  @Override
  public String getTaskName() {
    return "fapi-certificate-watch";
  }
}
