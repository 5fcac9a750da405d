package io.github.fapipack.start;

import io.github.fapipack.keycloak.PlainFactory;
import java.util.List;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;

/**
 * Adds the tables of the pack to Keycloak's database: grants, consents, the history of
 * administrators' changes, clients' traffic, the participants of ecosystems, and the directory of a
 * scheme.
 */
public final class PackTables
    implements JpaEntityProvider, JpaEntityProviderFactory, PlainFactory<JpaEntityProvider> {

  /** The name of the provider; Liquibase also names its table of executed change sets after it. */
  static final String ID = "fapi-grants";

  @Override
  public List<Class<?>> getEntities() {
    return PackEntities.ALL;
  }

  @Override
  public String getChangelogLocation() {
    return PackEntities.CHANGE_LOG;
  }

  @Override
  public String getFactoryId() {
    return ID;
  }

  @Override
  public JpaEntityProvider create(KeycloakSession session) {
    return this;
  }

  @Override
  public String getId() {
    return ID;
  }

  /** As a provider and as a factory it has nothing open. */
  @Override
  public void close() {}
}
