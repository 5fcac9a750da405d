package io.github.fapipack.scheme;

import io.github.fapipack.scheme.SchemeFault.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.GroupModel;
import org.keycloak.models.OrganizationInvitationModel;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.validation.Validation;

/** The people of organisations: Keycloak's members, and their duties as groups. */
final class PeopleDesk {

  private static final String WHAT = "PERSON";
  private static final int MOST = 200;
  private static final int MOST_INVITED = 50;

  private final Workplace at;

  PeopleDesk(Workplace at) {
    this.at = at;
  }

  List<Person> of(String organisationId) {
    at.requireSight(Checked.id(organisationId));
    OrganizationModel organization = new OrganisationDesk(at).model(organisationId);
    List<Person> people = new ArrayList<>();
    at.organizations()
        .getMembersStream(organization, Map.of(), null, 0, MOST)
        .forEach(
            user ->
                people.add(
                    new Person(
                        user.getId(),
                        user.getUsername(),
                        user.getEmail(),
                        Accesses.duties(at.organizations(), organization, user))));
    invitations(organization)
        .forEach(sent -> people.add(new Person(null, null, sent.getEmail(), Set.of())));
    return people;
  }

  private List<OrganizationInvitationModel> invitations(OrganizationModel organization) {
    return at.organizations()
        .getInvitationManager()
        .getAllStream(organization, Map.of(), 0, MOST_INVITED)
        .filter(sent -> !sent.isExpired())
        .toList();
  }

  void invite(String organisationId, String email) {
    OrganizationModel organization = own(organisationId);
    new OrganisationDesk(at).active(organisationId);
    String address = email == null ? "" : email.strip().toLowerCase(Locale.ROOT);
    if (address.length() > 254 || !Validation.isEmailValid(address)) {
      throw Workplace.invalid("email", "email must be an e-mail address");
    }
    at.lock(organisationId);
    List<OrganizationInvitationModel> sent = invitations(organization);
    if (sent.size() >= MOST_INVITED || at.organizations().getMembersCount(organization) >= MOST) {
      throw new SchemeFault(
          Kind.TOO_MANY, null, "too many people are members, or invited; remove some");
    }
    if (sent.stream().anyMatch(each -> address.equals(each.getEmail()))) {
      throw Workplace.conflict("this address is invited; wait for the answer");
    }
    new Invitation(at.session(), at.realm(), organization).send(address);
    at.events()
        .write(
            OperationType.ACTION,
            WHAT,
            Map.of("invited", address),
            OrganisationDesk.path(organisationId, "people"));
  }

  void duties(String organisationId, String userId, Set<Duty> duties) {
    OrganizationModel organization = own(organisationId);
    at.lock(organisationId); // two administrators could end each other's duties
    UserModel user = member(organization, userId);
    if (!duties.contains(Duty.ADMINISTRATORS)) {
      requireOthers(organization, user);
    }
    for (Duty duty : Duty.values()) {
      GroupModel group = group(organization, duty);
      if (duties.contains(duty) && !user.isMemberOf(group)) {
        user.joinGroup(group);
      } else if (!duties.contains(duty) && user.isMemberOf(group)) {
        user.leaveGroup(group);
      }
    }
    Map<String, Object> values = new TreeMap<>();
    values.put("user", user.getUsername());
    values.put("duties", duties.stream().map(Duty::group).sorted().toList());
    at.events()
        .write(
            OperationType.UPDATE,
            WHAT,
            values,
            OrganisationDesk.path(organisationId, "people", user.getId()));
  }

  void remove(String organisationId, String userId) {
    OrganizationModel organization = own(organisationId);
    at.lock(organisationId);
    UserModel user = member(organization, userId);
    requireOthers(organization, user);
    String name = user.getUsername();
    at.organizations().removeMember(organization, user);
    at.events()
        .write(
            OperationType.DELETE,
            WHAT,
            Map.of("user", name),
            OrganisationDesk.path(organisationId, "people", userId));
  }

  /** An organisation without an administrator could not help itself any more. */
  private void requireOthers(OrganizationModel organization, UserModel user) {
    if (at.access().operator()) {
      return;
    }
    boolean others =
        at.organizations()
            .getMembersStream(organization, Map.of(), null, 0, MOST)
            .filter(each -> !each.getId().equals(user.getId()))
            .anyMatch(
                each ->
                    Accesses.duties(at.organizations(), organization, each)
                        .contains(Duty.ADMINISTRATORS));
    if (!others) {
      throw Workplace.conflict(
          "this is the last administrator; make somebody else an administrator first");
    }
  }

  private OrganizationModel own(String organisationId) {
    at.require(Checked.id(organisationId), Duty.ADMINISTRATORS);
    return new OrganisationDesk(at).model(organisationId);
  }

  private UserModel member(OrganizationModel organization, String userId) {
    UserModel user = at.organizations().getMemberById(organization, Checked.id(userId));
    if (user == null) {
      throw Workplace.unknown();
    }
    return user;
  }

  private GroupModel group(OrganizationModel organization, Duty duty) {
    return at.organizations()
        .searchGroupsByName(organization, duty.group(), true, 0, 1)
        .findFirst()
        .orElseGet(() -> at.organizations().createGroup(organization, duty.group(), null));
  }
}
