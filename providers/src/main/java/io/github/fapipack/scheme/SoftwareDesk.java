package io.github.fapipack.scheme;

import io.github.fapipack.scheme.SchemeFault.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.keycloak.events.admin.OperationType;

/** Software of organisations. */
final class SoftwareDesk {

  private static final String WHAT = "SOFTWARE";
  private static final int MOST = 100;
  private static final int MOST_REDIRECT_URIS = 20;
  private static final int LONGEST_NAME = 80;
  private static final int LONGEST_DESCRIPTION = 500;

  private final Workplace at;
  private final OrganisationDesk organisations;

  SoftwareDesk(Workplace at) {
    this.at = at;
    this.organisations = new OrganisationDesk(at);
  }

  List<Software> of(String organisationId) {
    Organisation organisation = organisations.byId(organisationId);
    return rows(organisationId).stream().map(row -> Rows.software(row, organisation)).toList();
  }

  /** All of an organisation, whoever asks, by name. */
  List<SchemeSoftwareEntity> rows(String organisationId) {
    return at.entities()
        .createQuery(
            "select s from SchemeSoftwareEntity s where s.realmId = :realm"
                + " and s.organisationId = :organisation order by lower(s.name), s.id",
            SchemeSoftwareEntity.class)
        .setParameter("realm", at.realm().getId())
        .setParameter("organisation", organisationId)
        .getResultList();
  }

  Software byId(String id) {
    SchemeSoftwareEntity row = row(id);
    return Rows.software(row, organisations.byId(row.organisationId));
  }

  /** The row of a software that the person may see. */
  private SchemeSoftwareEntity row(String id) {
    SchemeSoftwareEntity row = at.entities().find(SchemeSoftwareEntity.class, Checked.id(id));
    if (row == null || !row.realmId.equals(at.realm().getId())) {
      throw Workplace.unknown();
    }
    at.requireSight(row.organisationId);
    return row;
  }

  Software add(String organisationId, SoftwareData data) {
    at.require(Checked.id(organisationId), Duty.TECHNICAL);
    Organisation organisation = organisations.active(organisationId);
    SoftwareData checked = check(data, organisation, Set.of());
    at.lock(organisationId);
    if (rows(organisationId).size() >= MOST) {
      throw new SchemeFault(
          Kind.TOO_MANY, null, "an organisation has at most " + MOST + " software");
    }
    SchemeSoftwareEntity row =
        new SchemeSoftwareEntity(
            UUID.randomUUID().toString(), at.realm().getId(), organisationId, at.now());
    row.standing = Standing.ACTIVE;
    set(row, checked);
    at.entities().persist(row);
    at.changed();
    Software made = Rows.software(row, organisation);
    new Consequences(at).of(organisation, made);
    at.events().write(OperationType.CREATE, WHAT, values(checked), path(made));
    return made;
  }

  Software change(String id, long version, SoftwareData data) {
    SchemeSoftwareEntity row = changeable(id, version);
    Organisation organisation = organisations.active(row.organisationId);
    if (row.standing == Standing.WITHDRAWN) {
      throw Workplace.conflict("this software was withdrawn for good; add another one");
    }
    SoftwareData checked =
        check(data, organisation, Rows.software(row, organisation).data().roles());
    set(row, checked);
    at.changed();
    Software changed = Rows.software(row, organisation);
    new Consequences(at).of(organisation, changed);
    at.events().write(OperationType.UPDATE, WHAT, values(checked), path(changed));
    return changed;
  }

  Software decide(String id, long version, Standing standing, String why) {
    SchemeSoftwareEntity row = changeable(id, version);
    if (standing != Standing.WITHDRAWN) {
      at.requireOperator();
    }
    String reason = Checked.reason(why, at.access().operator() && standing != Standing.ACTIVE);
    switch (row.standing) {
      case ACTIVE -> Checked.step(row.standing, standing, Standing.SUSPENDED, Standing.WITHDRAWN);
      case SUSPENDED, PENDING ->
          Checked.step(row.standing, standing, Standing.ACTIVE, Standing.WITHDRAWN);
      case WITHDRAWN -> Checked.step(row.standing, standing);
    }
    row.standing = standing;
    row.why = reason;
    row.changedAt = at.now();
    at.changed();
    Organisation organisation = organisations.byId(row.organisationId);
    Software decided = Rows.software(row, organisation);
    new Consequences(at).of(organisation, decided);
    at.events()
        .write(
            OperationType.ACTION,
            WHAT,
            OrganisationDesk.decided(null, standing, reason),
            path(decided));
    return decided;
  }

  String statement(String id) {
    Software software = byId(id);
    at.require(software.organisationId(), Duty.TECHNICAL);
    if (software.effective() != Standing.ACTIVE) {
      throw new SchemeFault(
          Kind.FORBIDDEN,
          null,
          "the organisation or the software is not active; ask the operator of the scheme");
    }
    return at.template()
        .statement(at.session(), organisations.byId(software.organisationId()), software);
  }

  private SchemeSoftwareEntity changeable(String id, long version) {
    SchemeSoftwareEntity row = row(id);
    at.require(row.organisationId, Duty.TECHNICAL);
    Workplace.requireVersion(row.version, version);
    return row;
  }

  private void set(SchemeSoftwareEntity row, SoftwareData data) {
    row.name = data.name();
    row.data = Rows.json(data);
    row.changedAt = at.now();
  }

  /** A software keeps a role that its organisation has lost, but gets none that it has not. */
  private static SoftwareData check(SoftwareData data, Organisation organisation, Set<String> had) {
    Set<String> possible = new TreeSet<>(had);
    organisation.roles().entrySet().stream()
        .filter(role -> role.getValue() == Standing.ACTIVE)
        .forEach(role -> possible.add(role.getKey()));
    data.roles()
        .forEach(
            role -> {
              if (role == null || !possible.contains(role)) {
                throw Workplace.invalid("roles", missing(role));
              }
            });
    return new SoftwareData(
        Checked.line("name", data.name(), LONGEST_NAME, true),
        Checked.line("description", data.description(), LONGEST_DESCRIPTION, false),
        Checked.version("softwareVersion", data.softwareVersion()),
        Checked.address("clientUri", data.clientUri(), false),
        Checked.address("logoUri", data.logoUri(), false),
        Checked.address("policyUri", data.policyUri(), false),
        Checked.address("tosUri", data.tosUri(), false),
        Checked.addresses("redirectUris", data.redirectUris(), MOST_REDIRECT_URIS),
        new TreeSet<>(data.roles()));
  }

  /** Says the name of a role only if it is one. */
  private static String missing(String role) {
    return role != null && role.matches("[A-Za-z0-9:_.-]{1,60}")
        ? "the organisation does not have the role " + role
        : "the organisation does not have one of the roles";
  }

  private static Map<String, Object> values(SoftwareData data) {
    Map<String, Object> values = new TreeMap<>();
    values.put("name", data.name());
    values.put("redirectUris", data.redirectUris());
    values.put("roles", List.copyOf(data.roles()));
    if (data.logoUri() != null) {
      values.put("logoUri", data.logoUri());
    }
    return values;
  }

  /** Where a software is in events. */
  static String[] path(Software software, String... further) {
    String[] inner = new String[further.length + 2];
    inner[0] = "software";
    inner[1] = software.id();
    System.arraycopy(further, 0, inner, 2, further.length);
    return OrganisationDesk.path(software.organisationId(), inner);
  }
}
