package io.github.fapipack.rest;

import io.github.fapipack.bankevents.ConsentRole;
import io.github.fapipack.directory.DirectoryKeeper;
import io.github.fapipack.expiry.CertificateWatch;
import io.github.fapipack.history.HistoryCleanup;
import io.github.fapipack.report.ImportReport;
import io.github.fapipack.scheme.SchemeKeeper;
import java.time.Duration;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * Adds {@code fapi} to Keycloak's admin REST API of each realm. An option of the server: {@code
 * --spi-admin-realm-restapi-extension--fapi--certificate-metrics-seconds}, the interval between two
 * checks of certificates.
 */
public final class FapiResources
    implements AdminRealmResourceProviderFactory, AdminRealmResourceProvider {

  private Duration watchEvery = Duration.ofHours(1);

  @Override
  public Object getResource(
      KeycloakSession session,
      RealmModel realm,
      AdminPermissionEvaluator auth,
      AdminEventBuilder adminEvent) {
    return new FapiResource(new AdminRequest(session, realm, auth, adminEvent));
  }

  @Override
  public AdminRealmResourceProvider create(KeycloakSession session) {
    return this;
  }

  @Override
  public String getId() {
    return "fapi";
  }

  @Override
  public void init(Config.Scope config) {
    watchEvery =
        Duration.ofSeconds(config.getLong("certificateMetricsSeconds", watchEvery.toSeconds()));
  }

  @Override
  public void postInit(KeycloakSessionFactory factory) {
    factory.register(new ImportReport());
    factory.register(new HistoryCleanup());
    factory.register(new SchemeKeeper());
    factory.register(new DirectoryKeeper(factory));
    factory.register(new ConsentRole(factory));
    CertificateWatch watch = new CertificateWatch();
    factory.register(
        event -> {
          if (event instanceof PostMigrationEvent) {
            KeycloakModelUtils.runJobInTransaction(
                factory, session -> watch.begin(session, watchEvery));
          }
        });
  }

  @Override
  public void close() {}
}
