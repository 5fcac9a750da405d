package io.github.fapipack.session;

import io.github.fapipack.keycloak.Dispensable;
import jakarta.persistence.EntityManager;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.jpa.session.JpaUserSessionPersisterProviderFactory;
import org.keycloak.models.session.UserSessionPersisterProvider;

/** Replaces Keycloak's {@code jpa} persister of sessions; its setting stays. */
public final class SessionRowsFactory extends JpaUserSessionPersisterProviderFactory
    implements Dispensable {

  private static final String BATCH = "expirationBatch";

  private int expirationBatch = DEFAULT_EXPIRATION_BATCH;

  @Override
  public void init(org.keycloak.Config.Scope config) {
    super.init(config);
    expirationBatch = Math.max(1, config.getInt(BATCH, DEFAULT_EXPIRATION_BATCH));
  }

  @Override
  public UserSessionPersisterProvider create(KeycloakSession session) {
    EntityManager entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    return new SessionRows(session, entities, expirationBatch);
  }

  @Override
  public int order() {
    return super.order() + 1;
  }
}
