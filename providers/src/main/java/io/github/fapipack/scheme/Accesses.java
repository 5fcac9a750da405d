package io.github.fapipack.scheme;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/** What people and programs may do in the directory. */
public final class Accesses {

  /** The realm role of the scheme's operators. */
  public static final String OPERATOR = "scheme-operator";

  private Accesses() {}

  /** A person with an account of the directory's realm. */
  public static Access of(KeycloakSession session, UserModel user) {
    RealmModel realm = session.getContext().getRealm();
    RoleModel operator = realm.getRole(OPERATOR);
    OrganizationProvider organizations = session.getProvider(OrganizationProvider.class);
    Map<String, Set<Duty>> member = new HashMap<>();
    organizations
        .getByMember(user)
        .filter(OrganizationModel::isEnabled)
        .forEach(
            organization ->
                member.put(organization.getId(), duties(organizations, organization, user)));
    return new Access(
        user.getId(), user.getUsername(), operator != null && user.hasRole(operator), member);
  }

  /** An administrator of the realm, who may all that the operator may. */
  public static Access ofAdministrator(UserModel user) {
    return new Access(user.getId(), user.getUsername(), true, Map.of());
  }

  /** A software that acts for itself, with the rights of a technical contact. */
  public static Access of(Software software) {
    return new Access(
        software.id(),
        software.id(),
        false,
        Map.of(software.organisationId(), Set.of(Duty.TECHNICAL)));
  }

  static Set<Duty> duties(
      OrganizationProvider organizations, OrganizationModel organization, UserModel user) {
    Set<String> groups =
        organizations
            .getOrganizationGroupsByMember(organization, user)
            .filter(group -> isTop(organizations, organization, group))
            .map(GroupModel::getName)
            .collect(Collectors.toSet());
    Set<Duty> duties = new TreeSet<>();
    for (Duty duty : Duty.values()) {
      if (groups.contains(duty.group())) {
        duties.add(duty);
      }
    }
    return duties;
  }

  /** A group deeper down may have the same name and mean something else. */
  private static boolean isTop(
      OrganizationProvider organizations, OrganizationModel organization, GroupModel group) {
    return organizations.getOrganizationGroup(organization).getId().equals(group.getParentId());
  }
}
