package io.github.fapipack.grantmanagement;

import io.github.fapipack.history.HistoryDocumentEntity;
import io.github.fapipack.history.HistoryEntity;
import io.github.fapipack.keycloak.PlainFactory;
import io.github.fapipack.participants.DirectoryEntity;
import io.github.fapipack.participants.OrganisationEntity;
import io.github.fapipack.participants.SoftwareEntity;
import io.github.fapipack.traffic.TrafficEntity;
import java.util.List;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;

/**
 * Adds the tables of the pack to Keycloak's database: grants, the history of administrators'
 * changes, clients' traffic, and the participants of ecosystems.
 */
public final class GrantSchema
    implements JpaEntityProvider, JpaEntityProviderFactory, PlainFactory<JpaEntityProvider> {

  static final String CHANGE_LOG = "META-INF/fapi-grants-changelog.xml";

  /** Liquibase also names its table of executed change sets after it. */
  static final String ID = "fapi-grants";

  @Override
  public List<Class<?>> getEntities() {
    return List.of(
        GrantEntity.class,
        HistoryEntity.class,
        HistoryDocumentEntity.class,
        TrafficEntity.class,
        OrganisationEntity.class,
        SoftwareEntity.class,
        DirectoryEntity.class);
  }

  @Override
  public String getChangelogLocation() {
    return CHANGE_LOG;
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
