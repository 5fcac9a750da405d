package io.github.fapipack.scheme;

import io.github.fapipack.scheme.SchemeFault.Kind;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.OptimisticLockException;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.ModelIllegalStateException;
import org.keycloak.models.RealmModel;
import org.keycloak.organization.OrganizationProvider;

/**
 * What each part of the desk works with.
 *
 * @param realm the directory's realm
 * @param events writes an admin event for each change
 */
record Workplace(
    KeycloakSession session,
    RealmModel realm,
    Access access,
    SchemeTemplate template,
    ChangeEvents events) {

  EntityManager entities() {
    return session.getProvider(JpaConnectionProvider.class).getEntityManager();
  }

  OrganizationProvider organizations() {
    return session.getProvider(OrganizationProvider.class);
  }

  /** In milliseconds since 1970. */
  long now() {
    return Time.currentTimeMillis();
  }

  void requireOperator() {
    if (!access.operator()) {
      throw forbidden("only the operator of the scheme can do that");
    }
  }

  /** What somebody may not see does not exist for him; what he may see he may not always change. */
  void require(String organisationId, Duty duty) {
    requireSight(organisationId);
    if (!access.may(organisationId, duty)) {
      throw forbidden(
          duty == Duty.TECHNICAL
              ? "only administrators and technical contacts of the organisation can do that"
              : "only administrators of the organisation can do that");
    }
  }

  void requireSight(String organisationId) {
    if (!access.sees(organisationId)) {
      throw unknown();
    }
  }

  static SchemeFault unknown() {
    return new SchemeFault(Kind.UNKNOWN, null, "there is no such thing, or you may not see it");
  }

  static SchemeFault forbidden(String sentence) {
    return new SchemeFault(Kind.FORBIDDEN, null, sentence);
  }

  static SchemeFault invalid(String field, String sentence) {
    return new SchemeFault(Kind.INVALID, field, sentence);
  }

  static SchemeFault conflict(String sentence) {
    return new SchemeFault(Kind.CONFLICT, null, sentence);
  }

  /** A change that was made to another version than the present one is refused. */
  static void requireVersion(long present, long sent) {
    if (present != sent) {
      throw meanwhile();
    }
  }

  private static SchemeFault meanwhile() {
    return conflict("somebody else has changed this meanwhile; look at it again and repeat it");
  }

  /**
   * Writes what was changed, so that a conflict shows now and not after the answer, and counts it.
   */
  void changed() {
    try {
      entities().flush();
      Changes.count(entities(), realm.getId());
    } catch (OptimisticLockException | ModelDuplicateException | ModelIllegalStateException e) {
      session.getTransactionManager().setRollbackOnly();
      throw meanwhile();
    }
  }

  /** Locks the row of an organisation, so that limits hold for requests at the same time. */
  void lock(String organisationId) {
    entities().find(SchemeOrganisationEntity.class, organisationId, LockModeType.PESSIMISTIC_WRITE);
  }
}
