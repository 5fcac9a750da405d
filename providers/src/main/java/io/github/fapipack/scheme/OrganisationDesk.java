package io.github.fapipack.scheme;

import io.github.fapipack.scheme.SchemeFault.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.GroupModel;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.ModelException;
import org.keycloak.models.ModelValidationException;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/** Organisations: who applies, what the operator decides. */
final class OrganisationDesk {

  private static final String WHAT = "ORGANISATION";
  private static final int LONGEST_NAME = 120;

  /** How many of the organisations of one person may wait for the operator. */
  private static final int MOST_PENDING = 3;

  private final Workplace at;

  OrganisationDesk(Workplace at) {
    this.at = at;
  }

  List<Organisation> own() {
    return at.access().organisations().keySet().stream()
        .flatMap(id -> Stream.ofNullable(at.organizations().getById(id)))
        .map(this::read)
        .sorted(Comparator.comparing(Organisation::name))
        .toList();
  }

  Organisation byId(String id) {
    at.requireSight(Checked.id(id));
    return read(model(id));
  }

  /**
   * An organisation that takes part: strangers who have applied cannot fill the directory, nor send
   * mail through it. The operator may help one that is not active, unless it has ended for good.
   */
  Organisation active(String id) {
    Organisation organisation = byId(id);
    if (organisation.standing() == Standing.WITHDRAWN
        || (organisation.standing() != Standing.ACTIVE && !at.access().operator())) {
      throw Workplace.conflict("the organisation is not active; ask the operator of the scheme");
    }
    return organisation;
  }

  /** An organisation of the realm, whoever asks. */
  OrganizationModel model(String id) {
    OrganizationModel model = null;
    try {
      model = at.organizations().getById(id);
    } catch (ModelException e) {
      // another realm's
    }
    if (model == null) {
      throw Workplace.unknown();
    }
    return model;
  }

  private Organisation read(OrganizationModel model) {
    return Rows.organisation(model.getId(), model.getName(), model.isEnabled(), row(model.getId()));
  }

  private SchemeOrganisationEntity row(String id) {
    return at.entities().find(SchemeOrganisationEntity.class, id);
  }

  Organisation apply(OrganisationData data) {
    OrganisationData checked = check(data);
    if (!at.access().operator()
        && own().stream().filter(each -> each.standing() == Standing.PENDING).count()
            >= MOST_PENDING) {
      throw new SchemeFault(
          Kind.TOO_MANY,
          null,
          "some of your organisations wait for the operator; apply again when the operator has"
              + " decided");
    }
    OrganizationModel made = create(checked.name());
    Standing standing = at.access().operator() ? Standing.ACTIVE : Standing.PENDING;
    SchemeOrganisationEntity row = newRow(made.getId(), standing);
    row.number = checked.number();
    row.country = checked.country();
    Map<String, Standing> roles = new TreeMap<>();
    checked.roles().forEach(role -> roles.put(role, standing));
    row.roles = Rows.json(roles);
    at.entities().persist(row);
    at.changed();
    at.events().write(OperationType.CREATE, WHAT, values(checked, standing), path(made.getId()));
    return read(made);
  }

  private OrganizationModel create(String name) {
    OrganizationProvider organizations = at.organizations();
    String id = UUID.randomUUID().toString();
    try {
      OrganizationModel made = organizations.create(id, name, id);
      for (Duty duty : Duty.values()) {
        GroupModel group = organizations.createGroup(made, duty.group(), null);
        if (!at.access().operator() && duty == Duty.ADMINISTRATORS) {
          UserModel applicant = at.session().users().getUserById(at.realm(), at.access().id());
          organizations.addMember(made, applicant);
          applicant.joinGroup(group);
        }
      }
      return made;
    } catch (ModelDuplicateException e) {
      at.session().getTransactionManager().setRollbackOnly();
      throw Workplace.conflict("there is an organisation of this name; choose another name");
    } catch (ModelValidationException e) {
      throw Workplace.invalid("name", "Keycloak refuses this name; choose another name");
    }
  }

  Organisation change(String id, long version, OrganisationData data) {
    OrganizationModel model = changeable(id, version);
    SchemeOrganisationEntity row = row(id);
    if (row != null && row.standing != Standing.PENDING) {
      at.requireOperator();
    }
    OrganisationData checked = check(data);
    row = row == null ? persisted(newRow(id, Standing.PENDING)) : row;
    row.number = checked.number();
    row.country = checked.country();
    Map<String, Standing> roles = Rows.roles(row);
    checked.roles().forEach(role -> roles.putIfAbsent(role, Standing.PENDING));
    row.roles = Rows.json(roles);
    rename(model, checked.name());
    at.changed();
    at.events().write(OperationType.UPDATE, WHAT, values(checked, row.standing), path(id));
    return read(model);
  }

  private void rename(OrganizationModel model, String name) {
    if (model.getName().equals(name)) {
      return;
    }
    if (at.organizations().getAllStream(name, true, 0, 2).anyMatch(each -> isOther(each, model))) {
      throw Workplace.conflict("there is an organisation of this name; choose another name");
    }
    model.setName(name);
  }

  private static boolean isOther(OrganizationModel each, OrganizationModel model) {
    return !each.getId().equals(model.getId());
  }

  Organisation requestRole(String id, long version, String role) {
    OrganizationModel model = changeable(id, version);
    Checked.choice("role", role, at.template().roles().keySet());
    SchemeOrganisationEntity row = row(id);
    row = row == null ? persisted(newRow(id, Standing.PENDING)) : row;
    Map<String, Standing> roles = Rows.roles(row);
    if (roles.getOrDefault(role, Standing.WITHDRAWN) != Standing.WITHDRAWN) {
      throw Workplace.conflict("the organisation has this role, or has applied for it");
    }
    roles.put(role, Standing.PENDING);
    row.roles = Rows.json(roles);
    at.changed();
    at.events().write(OperationType.ACTION, "ROLE", Map.of("role", role), path(id));
    return read(model);
  }

  Organisation decide(String id, long version, Standing standing, String why) {
    at.requireOperator();
    OrganizationModel model = changeable(id, version);
    SchemeOrganisationEntity row = row(id);
    row = row == null ? persisted(newRow(id, Standing.PENDING)) : row;
    String reason = Checked.reason(why, standing != Standing.ACTIVE);
    switch (row.standing) {
      case PENDING -> Checked.step(row.standing, standing, Standing.ACTIVE, Standing.WITHDRAWN);
      case ACTIVE -> Checked.step(row.standing, standing, Standing.SUSPENDED, Standing.WITHDRAWN);
      case SUSPENDED -> Checked.step(row.standing, standing, Standing.ACTIVE, Standing.WITHDRAWN);
      case WITHDRAWN -> Checked.step(row.standing, standing);
    }
    row.standing = standing;
    row.why = reason;
    row.since = at.now();
    at.changed();
    new Consequences(at).of(read(model));
    at.events().write(OperationType.ACTION, WHAT, decided(null, standing, reason), path(id));
    return read(model);
  }

  Organisation decideRole(String id, long version, String role, Standing standing, String why) {
    at.requireOperator();
    OrganizationModel model = changeable(id, version);
    SchemeOrganisationEntity row = row(id);
    Map<String, Standing> roles = row == null ? Map.of() : Rows.roles(row);
    if (!roles.containsKey(role)) {
      Checked.choice("role", role, at.template().roles().keySet());
      row = row == null ? persisted(newRow(id, Standing.PENDING)) : row;
      roles = Rows.roles(row);
    }
    if (standing == Standing.PENDING) {
      throw Workplace.invalid("standing", "standing must be active, suspended or withdrawn");
    }
    String reason = Checked.reason(why, standing != Standing.ACTIVE);
    roles.put(role, standing);
    row.roles = Rows.json(roles);
    at.changed();
    at.events().write(OperationType.ACTION, "ROLE", decided(role, standing, reason), path(id));
    return read(model);
  }

  /** An organisation that the person may change, at the version that was read. */
  private OrganizationModel changeable(String id, long version) {
    at.require(Checked.id(id), Duty.ADMINISTRATORS);
    OrganizationModel model = model(id);
    SchemeOrganisationEntity row = row(id);
    Workplace.requireVersion(row == null ? -1 : row.version, version);
    return model;
  }

  private SchemeOrganisationEntity newRow(String id, Standing standing) {
    SchemeOrganisationEntity row = new SchemeOrganisationEntity(id, at.realm().getId());
    row.standing = standing;
    row.since = at.now();
    row.roles = "{}";
    return row;
  }

  private SchemeOrganisationEntity persisted(SchemeOrganisationEntity row) {
    at.entities().persist(row);
    return row;
  }

  private OrganisationData check(OrganisationData data) {
    data.roles().forEach(role -> Checked.choice("roles", role, at.template().roles().keySet()));
    return new OrganisationData(
        Checked.line("name", data.name(), LONGEST_NAME, true),
        Checked.number("number", data.number()),
        Checked.country("country", data.country()),
        data.roles());
  }

  private static Map<String, Object> values(OrganisationData data, Standing standing) {
    return Map.of(
        "name",
        data.name(),
        "number",
        data.number(),
        "country",
        data.country(),
        "roles",
        new ArrayList<>(data.roles()),
        "standing",
        standing.jsonName());
  }

  /** What an event says of a decision. */
  static Map<String, Object> decided(String role, Standing standing, String reason) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (role != null) {
      values.put("role", role);
    }
    values.put("standing", standing.jsonName());
    if (reason != null) {
      values.put("reason", reason);
    }
    return values;
  }

  /** Where an organisation is in events. */
  static String[] path(String id, String... further) {
    List<String> path = new ArrayList<>(List.of("organisations", id));
    path.addAll(List.of(further));
    return path.toArray(String[]::new);
  }
}
