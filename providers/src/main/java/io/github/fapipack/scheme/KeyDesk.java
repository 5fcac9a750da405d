package io.github.fapipack.scheme;

import io.github.fapipack.scheme.SchemeFault.Kind;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.keycloak.events.admin.OperationType;

/** The keys that the directory publishes for organisations and software. */
final class KeyDesk {

  private static final String WHAT = "KEY";

  /** How many active keys an owner has; a verifier reads them all. */
  private static final int MOST_ACTIVE = 20;

  /** How many there are with those that were revoked. */
  private static final int MOST = 200;

  private final Workplace at;

  KeyDesk(Workplace at) {
    this.at = at;
  }

  List<PublishedKey> of(String organisationId, String softwareId) {
    owner(organisationId, softwareId);
    return rows(organisationId, softwareId).stream().map(Rows::key).toList();
  }

  private void owner(String organisationId, String softwareId) {
    new OrganisationDesk(at).byId(organisationId);
    if (softwareId != null
        && !new SoftwareDesk(at).byId(softwareId).organisationId().equals(organisationId)) {
      throw Workplace.unknown();
    }
  }

  private List<SchemeKeyEntity> rows(String organisationId, String softwareId) {
    return PublishedKeys.rows(at.entities(), at.realm().getId(), organisationId, softwareId);
  }

  PublishedKey add(String organisationId, String softwareId, String text) {
    owner(organisationId, softwareId);
    at.require(organisationId, Duty.TECHNICAL);
    new OrganisationDesk(at).active(organisationId);
    return publish(organisationId, softwareId, SentKey.read(text), null);
  }

  /** Publishes a key that was checked. */
  PublishedKey publish(String organisationId, String softwareId, SentKey key, String serial) {
    at.lock(organisationId);
    requireFree(organisationId, softwareId, key);
    SchemeKeyEntity row =
        new SchemeKeyEntity(
            UUID.randomUUID().toString(), at.realm().getId(), organisationId, softwareId);
    row.kid = key.kid();
    row.thumbprint = key.thumbprint();
    row.jwk = key.jwk().toString();
    row.serial = serial;
    row.addedAt = at.now();
    at.entities().persist(row);
    at.changed();
    write(OperationType.CREATE, row);
    return Rows.key(row);
  }

  private void requireFree(String organisationId, String softwareId, SentKey key) {
    List<SchemeKeyEntity> rows = rows(organisationId, softwareId);
    if (rows.stream().filter(row -> row.revokedAt == null).count() >= MOST_ACTIVE
        || rows.size() >= MOST) {
      throw new SchemeFault(
          Kind.TOO_MANY,
          null,
          "there are at most " + MOST_ACTIVE + " active keys; revoke those that are not used");
    }
    if (rows.stream().anyMatch(row -> row.kid.equals(key.kid()))) {
      throw Workplace.conflict("there is, or was, a key of this kid; choose another kid");
    }
    List<SchemeKeyEntity> same =
        at.entities()
            .createQuery(
                "select k from SchemeKeyEntity k where k.realmId = :realm"
                    + " and k.thumbprint = :thumbprint",
                SchemeKeyEntity.class)
            .setParameter("realm", at.realm().getId())
            .setParameter("thumbprint", key.thumbprint())
            .setMaxResults(MOST)
            .getResultList();
    if (same.stream()
        .anyMatch(row -> row.revokedAt != null || !row.organisationId.equals(organisationId))) {
      throw Workplace.conflict(
          "this key was revoked, or somebody else has published it; make a new key");
    }
  }

  PublishedKey revoke(String keyId) {
    SchemeKeyEntity row = at.entities().find(SchemeKeyEntity.class, Checked.id(keyId));
    if (row == null || !row.realmId.equals(at.realm().getId())) {
      throw Workplace.unknown();
    }
    at.require(row.organisationId, Duty.TECHNICAL);
    if (row.revokedAt == null) {
      row.revokedAt = at.now();
      at.changed();
      write(OperationType.DELETE, row);
    }
    return Rows.key(row);
  }

  /** Revokes the key that was published with a certificate. */
  void revokeWith(String serial) {
    at.entities()
        .createQuery(
            "select k from SchemeKeyEntity k where k.realmId = :realm and k.serial = :serial"
                + " and k.revokedAt is null",
            SchemeKeyEntity.class)
        .setParameter("realm", at.realm().getId())
        .setParameter("serial", serial)
        .getResultList()
        .forEach(row -> revoke(row.id));
  }

  private void write(OperationType operation, SchemeKeyEntity row) {
    String[] path =
        row.softwareId == null
            ? OrganisationDesk.path(row.organisationId, "keys", row.id)
            : OrganisationDesk.path(row.organisationId, "software", row.softwareId, "keys", row.id);
    at.events().write(operation, WHAT, Map.of("kid", row.kid), path);
  }
}
