package io.github.fapipack.grants;

import java.time.Duration;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.timer.TimerProvider;

/**
 * Grants in Keycloak's own database. Options of the server: {@code max-bytes} of a grant, {@code
 * max-per-user-and-client}, and {@code prune-seconds} between two looks for expired ones, each
 * after {@code --spi-fapi-grants--jpa--}.
 */
public final class JpaGrantsFactory implements GrantsFactory {

  private GrantLimits limits = GrantLimits.DEFAULT;
  private Duration pruneEvery = Duration.ofHours(1);

  @Override
  public Grants create(KeycloakSession session) {
    return new JpaGrants(session, limits);
  }

  @Override
  public void init(Config.Scope config) {
    limits =
        new GrantLimits(
            config.getInt("maxBytes", limits.maxBytes()),
            config.getInt("maxPerUserAndClient", limits.maxPerUserAndClient()));
    pruneEvery = Duration.ofSeconds(config.getLong("pruneSeconds", pruneEvery.toSeconds()));
  }

  @Override
  public void postInit(KeycloakSessionFactory factory) {
    factory.register(new GrantCleanup());
    factory.register(
        event -> {
          if (event instanceof PostMigrationEvent) {
            KeycloakModelUtils.runJobInTransaction(factory, this::schedule);
          }
        });
  }

  private void schedule(KeycloakSession session) {
    session.getProvider(TimerProvider.class).scheduleTask(new PruneGrants(), pruneEvery.toMillis());
  }

  @Override
  public void close() {}

  @Override
  public String getId() {
    return "jpa";
  }
}
