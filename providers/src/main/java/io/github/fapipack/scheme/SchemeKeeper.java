package io.github.fapipack.scheme;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/** Keeps the tables of directories in step with organizations and realms that are deleted. */
public final class SchemeKeeper implements ProviderEventListener {

  private static final List<String> ALL =
      List.of(
          "SchemeProofContentEntity",
          "SchemeProofEntity",
          "SchemeKeyEntity",
          "SchemeSoftwareEntity",
          "SchemeOrganisationEntity",
          "SchemeEntity");

  @Override
  public void onEvent(ProviderEvent event) {
    if (event instanceof OrganizationModel.OrganizationRemovedEvent removed) {
      KeycloakSession session = removed.getKeycloakSession();
      removed(session, session.getContext().getRealm(), removed.getOrganization().getId());
    } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
      String realmId = removed.getRealm().getId();
      EntityManager entities = entities(removed.getKeycloakSession());
      ALL.forEach(
          entity ->
              entities
                  .createQuery("delete from " + entity + " e where e.realmId = :realm")
                  .setParameter("realm", realmId)
                  .executeUpdate());
    }
  }

  private static EntityManager entities(KeycloakSession session) {
    return session.getProvider(JpaConnectionProvider.class).getEntityManager();
  }

  private static void removed(KeycloakSession session, RealmModel realm, String organisationId) {
    EntityManager entities = entities(session);
    if (entities.find(SchemeOrganisationEntity.class, organisationId) == null) {
      return;
    }
    entities
        .createQuery(
            "select s.id from SchemeSoftwareEntity s where s.organisationId = :organisation",
            String.class)
        .setParameter("organisation", organisationId)
        .getResultList()
        .forEach(
            id -> {
              ClientModel client = realm.getClientByClientId(id);
              if (client != null) {
                SoftwareClients.remove(session, client);
              }
            });
    entities
        .createQuery(
            "delete from SchemeProofContentEntity c where c.id in (select p.id from"
                + " SchemeProofEntity p where p.organisationId = :organisation)")
        .setParameter("organisation", organisationId)
        .executeUpdate();
    for (String entity : List.of("SchemeProofEntity", "SchemeKeyEntity", "SchemeSoftwareEntity")) {
      entities
          .createQuery("delete from " + entity + " e where e.organisationId = :organisation")
          .setParameter("organisation", organisationId)
          .executeUpdate();
    }
    entities
        .createQuery("delete from SchemeOrganisationEntity o where o.id = :organisation")
        .setParameter("organisation", organisationId)
        .executeUpdate();
    Changes.count(entities, realm.getId());
  }
}
