package io.github.fapipack.start;

import io.github.fapipack.authority.IssuedEntity;
import io.github.fapipack.authority.IssuerEntity;
import io.github.fapipack.bridge.ConsentEntity;
import io.github.fapipack.grantmanagement.GrantEntity;
import io.github.fapipack.history.HistoryDocumentEntity;
import io.github.fapipack.history.HistoryEntity;
import io.github.fapipack.participants.DirectoryEntity;
import io.github.fapipack.participants.OrganisationEntity;
import io.github.fapipack.participants.SoftwareEntity;
import io.github.fapipack.scheme.SchemeEntity;
import io.github.fapipack.scheme.SchemeKeyEntity;
import io.github.fapipack.scheme.SchemeOrganisationEntity;
import io.github.fapipack.scheme.SchemeProofContentEntity;
import io.github.fapipack.scheme.SchemeProofEntity;
import io.github.fapipack.scheme.SchemeSoftwareEntity;
import io.github.fapipack.traffic.TrafficEntity;
import java.util.List;

/** The tables that the pack adds to Keycloak's database, for whoever makes or reads them. */
public final class PackEntities {

  /** Where Liquibase finds the changes. */
  public static final String CHANGE_LOG = "META-INF/fapi-grants-changelog.xml";

  /** The classes of rows. */
  public static final List<Class<?>> ALL =
      List.of(
          GrantEntity.class,
          ConsentEntity.class,
          HistoryEntity.class,
          HistoryDocumentEntity.class,
          TrafficEntity.class,
          OrganisationEntity.class,
          SoftwareEntity.class,
          DirectoryEntity.class,
          SchemeEntity.class,
          SchemeOrganisationEntity.class,
          SchemeSoftwareEntity.class,
          SchemeKeyEntity.class,
          SchemeProofEntity.class,
          SchemeProofContentEntity.class,
          IssuedEntity.class,
          IssuerEntity.class);

  private PackEntities() {}
}
