package io.github.fapipack.scheme;

import io.github.fapipack.scheme.SchemeFault.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.keycloak.events.admin.OperationType;

/** Documents that prove a certification. */
final class ProofDesk {

  private static final String WHAT = "PROOF";
  private static final int MOST = 50;

  /** An organisation that is not active proves what it must, and fills no database. */
  private static final int MOST_OF_APPLICANTS = 5;

  private static final int LARGEST = 5 * 1024 * 1024;
  private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);

  private final Workplace at;

  ProofDesk(Workplace at) {
    this.at = at;
  }

  List<Proof> of(String organisationId) {
    at.requireSight(Checked.id(organisationId));
    return rows(organisationId).stream().map(Rows::proof).toList();
  }

  private List<SchemeProofEntity> rows(String organisationId) {
    return at.entities()
        .createQuery(
            "select p from SchemeProofEntity p where p.realmId = :realm"
                + " and p.organisationId = :organisation order by p.uploadedAt desc, p.id",
            SchemeProofEntity.class)
        .setParameter("realm", at.realm().getId())
        .setParameter("organisation", organisationId)
        .getResultList();
  }

  /** All that wait for the operator, oldest first. */
  Page<Proof> pending(int first, int max) {
    at.requireOperator();
    String from = " from SchemeProofEntity p where p.realmId = :realm and p.standing = :pending";
    List<Proof> found =
        at.entities()
            .createQuery(
                "select p" + from + " order by p.uploadedAt, p.id", SchemeProofEntity.class)
            .setParameter("realm", at.realm().getId())
            .setParameter("pending", Standing.PENDING)
            .setFirstResult(first)
            .setMaxResults(max)
            .getResultStream()
            .map(Rows::proof)
            .toList();
    long total =
        at.entities()
            .createQuery("select count(p)" + from, Long.class)
            .setParameter("realm", at.realm().getId())
            .setParameter("pending", Standing.PENDING)
            .getSingleResult();
    return new Page<>(found, first, total);
  }

  Proof upload(String organisationId, String softwareId, String name, byte[] content) {
    at.require(Checked.id(organisationId), Duty.TECHNICAL);
    if (softwareId != null
        && !new SoftwareDesk(at).byId(softwareId).organisationId().equals(organisationId)) {
      throw Workplace.unknown();
    }
    if (content.length > LARGEST) {
      throw new SchemeFault(Kind.TOO_LARGE, "file", "file must have at most 5 MB");
    }
    if (!Arrays.equals(content, 0, Math.min(content.length, PDF.length), PDF, 0, PDF.length)) {
      throw Workplace.invalid("file", "file must be a PDF");
    }
    at.lock(organisationId);
    int most =
        new OrganisationDesk(at).byId(organisationId).standing() == Standing.ACTIVE
            ? MOST
            : MOST_OF_APPLICANTS;
    if (rows(organisationId).size() >= most) {
      throw new SchemeFault(
          Kind.TOO_MANY, null, "the organisation has at most " + most + " proofs; delete some");
    }
    SchemeProofEntity row =
        new SchemeProofEntity(
            UUID.randomUUID().toString(), at.realm().getId(), organisationId, softwareId);
    row.name = fileName(name);
    row.bytes = content.length;
    row.sha256 = sha256(content);
    row.uploadedBy = at.access().name();
    row.uploadedAt = at.now();
    row.standing = Standing.PENDING;
    at.entities().persist(row);
    at.entities()
        .persist(
            new SchemeProofContentEntity(
                row.id, row.realmId, Base64.getEncoder().encodeToString(content)));
    at.changed();
    write(OperationType.CREATE, row, Map.of("name", row.name, "sha256", row.sha256));
    return Rows.proof(row);
  }

  /** The last part of the name, with harmless characters. */
  private static String fileName(String name) {
    String last = name == null ? "" : name.replaceAll(".*[/\\\\]", "");
    String plain = last.replaceAll("[^\\p{L}\\p{N} ._()-]", "_").strip();
    plain = plain.length() > 100 ? plain.substring(plain.length() - 100) : plain;
    return plain.isEmpty() || plain.startsWith(".") ? "proof.pdf" : plain;
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  Proof byId(String id) {
    return Rows.proof(row(id));
  }

  private SchemeProofEntity row(String id) {
    SchemeProofEntity row = at.entities().find(SchemeProofEntity.class, Checked.id(id));
    if (row == null || !row.realmId.equals(at.realm().getId())) {
      throw Workplace.unknown();
    }
    at.requireSight(row.organisationId);
    return row;
  }

  byte[] content(String id) {
    return Base64.getDecoder()
        .decode(at.entities().find(SchemeProofContentEntity.class, row(id).id).content);
  }

  Proof decide(String id, Standing standing, String why) {
    at.requireOperator();
    SchemeProofEntity row = row(id);
    if (standing != Standing.ACTIVE && standing != Standing.WITHDRAWN) {
      throw Workplace.invalid("standing", "standing must be active or withdrawn");
    }
    String reason = Checked.reason(why, standing == Standing.WITHDRAWN);
    row.standing = standing;
    row.why = reason;
    at.changed();
    write(OperationType.ACTION, row, OrganisationDesk.decided(null, standing, reason));
    return Rows.proof(row);
  }

  void delete(String id) {
    SchemeProofEntity row = row(id);
    at.require(row.organisationId, Duty.TECHNICAL);
    if (row.standing == Standing.ACTIVE && !at.access().operator()) {
      throw Workplace.conflict("the operator has accepted this proof; ask the operator to end it");
    }
    at.entities().remove(at.entities().find(SchemeProofContentEntity.class, row.id));
    at.entities().remove(row);
    at.changed();
    write(OperationType.DELETE, row, Map.of("name", row.name, "sha256", row.sha256));
  }

  private void write(OperationType operation, SchemeProofEntity row, Map<String, ?> values) {
    at.events()
        .write(
            operation, WHAT, values, OrganisationDesk.path(row.organisationId, "proofs", row.id));
  }
}
