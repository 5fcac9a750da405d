package io.github.fapipack.scheme;

import java.util.Map;
import java.util.Set;

/**
 * Who acts, and what for.
 *
 * @param id Keycloak's id of the user or, for a software, its id
 * @param name the name for events and lists
 * @param operator whether it is an operator of the scheme
 * @param organisations the organisations that it belongs to, by id, with its duties
 */
public record Access(
    String id, String name, boolean operator, Map<String, Set<Duty>> organisations) {

  public Access {
    organisations = Map.copyOf(organisations);
  }

  /** Whether it sees what belongs to an organisation. */
  public boolean sees(String organisationId) {
    return operator || organisations.containsKey(organisationId);
  }

  /** Whether it may do what needs a duty. */
  public boolean may(String organisationId, Duty duty) {
    Set<Duty> duties = organisations.getOrDefault(organisationId, Set.of());
    return operator || duties.contains(duty) || duties.contains(Duty.ADMINISTRATORS);
  }
}
