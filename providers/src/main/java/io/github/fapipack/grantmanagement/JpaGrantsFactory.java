package io.github.fapipack.grantmanagement;

import io.github.fapipack.bridge.ConsentOutbox;
import io.github.fapipack.participants.ParticipantsKeeper;
import io.github.fapipack.traffic.TrafficKeeper;
import java.time.Duration;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.Provider;
import org.keycloak.timer.TimerProvider;

/**
 * Grants in Keycloak's own database. Options of the server: {@code max-bytes} of a grant, {@code
 * max-per-user-and-client}, and {@code prune-seconds} between two clean-ups of expired grants, each
 * after {@code --spi-fapi-grants--jpa--}.
 */
public final class JpaGrantsFactory implements GrantsFactory {

  private GrantLimits limits = GrantLimits.DEFAULT;
  private Duration pruneEvery = Duration.ofHours(1);
  private TrafficKeeper traffic;

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
    traffic = new TrafficKeeper(factory);
    factory.register(traffic);
    factory.register(new ParticipantsKeeper(factory));
    factory.register(
        event -> {
          if (event instanceof PostMigrationEvent) {
            KeycloakModelUtils.runJobInTransaction(factory, this::schedule);
          }
        });
  }

  private void schedule(KeycloakSession session) {
    session.getProvider(TimerProvider.class).scheduleTask(new PruneGrants(), pruneEvery.toMillis());
    new ConsentOutbox().begin(session);
  }

  /** So that the database is still available when this is closed. */
  @Override
  public Set<Class<? extends Provider>> dependsOn() {
    return Set.of(JpaConnectionProvider.class);
  }

  @Override
  public void close() {
    if (traffic != null) {
      traffic.stop();
    }
  }

  @Override
  public String getId() {
    return "jpa";
  }
}
