package io.github.fapipack.report;

import io.github.fapipack.audit.Audit;
import io.github.fapipack.audit.Finding;
import io.github.fapipack.audit.KeySetFetch;
import io.github.fapipack.profile.ProfileFile;
import io.github.fapipack.profile.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.storage.PartialImportRealmFromRepresentationEvent;

/**
 * Logs what the realm's own rules find in clients after they were imported: Keycloak asks no rule
 * about clients in a realm import or a partial import. An import never fails because of it.
 */
public final class ImportReport implements ProviderEventListener {

  private static final Logger LOGGER = Logger.getLogger(ImportReport.class);

  /** More lines would hide everything else in the log. */
  private static final int MOST_LINES = 50;

  @Override
  public void onEvent(ProviderEvent event) {
    if (event instanceof RealmModel.RealmPostCreateEvent created) {
      report(created.getKeycloakSession(), created.getCreatedRealm(), client -> true);
    } else if (event instanceof PartialImportRealmFromRepresentationEvent partial
        && partial.getRep().getClients() != null) {
      Set<String> imported =
          partial.getRep().getClients().stream()
              .map(ClientRepresentation::getClientId)
              .collect(Collectors.toSet());
      report(
          partial.getSession(),
          partial.getRealm(),
          client -> imported.contains(client.getClientId()));
    }
  }

  /** Called after the import is stored. */
  private static void report(
      KeycloakSession session, RealmModel realm, Predicate<ClientModel> imported) {
    KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
    String id = realm.getId();
    session
        .getTransactionManager()
        .enlistAfterCompletion(
            new AbstractKeycloakTransaction() {
              @Override
              protected void commitImpl() {
                try {
                  KeycloakModelUtils.runJobInTransaction(
                      factory, reading -> report(reading, id, imported));
                } catch (RuntimeException e) {
                  LOGGER.warn("What has been imported cannot be looked at", e);
                }
              }

              @Override
              protected void rollbackImpl() {
                // nothing was imported
              }
            });
  }

  private static void report(
      KeycloakSession session, String realmId, Predicate<ClientModel> imported) {
    RealmModel realm = session.realms().getRealm(realmId);
    if (realm == null) {
      return;
    }
    session.getContext().setRealm(realm);
    ProfileFile.ofRealm(session, realm)
        .ifPresent(
            own -> {
              List<Finding> findings = new ArrayList<>();
              try (KeySetFetch fetch = KeySetFetch.none()) {
                new Audit(session, realm, imported)
                    .clients(own, fetch, client -> findings.addAll(client.findings()));
              }
              log(realm.getName(), findings);
            });
  }

  private static void log(String realm, List<Finding> findings) {
    findings.stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .limit(MOST_LINES)
        .forEach(
            finding ->
                LOGGER.warnf(
                    "Imported into realm '%s' against its rule %s: %s: %s",
                    realm, finding.rule(), finding.where(), finding.problem()));
    if (!findings.isEmpty()) {
      LOGGER.warnf(
          "%d settings of clients that were imported into realm '%s' are refused or corrected when"
              + " they are used; GET /admin/realms/%s/fapi/report tells all",
          findings.size(), realm, realm);
    }
  }
}
