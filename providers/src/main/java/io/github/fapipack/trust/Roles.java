package io.github.fapipack.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.ecosystem.EcosystemProfile.Rights;
import io.github.fapipack.ecosystem.RegistrationRules.UnknownScopes;
import io.github.fapipack.rule.Refusal;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What the roles of a software allow: scopes, grants and types of authorization details.
 *
 * @param profile the profile of the ecosystem
 * @param held the roles; null if the ecosystem has none, so that they restrict nothing
 */
record Roles(EcosystemProfile profile, Set<String> held) {

  private static final String SCOPE = "scope";

  static boolean ignoresUnknownScopes(EcosystemProfile profile) {
    return profile.registration().unknownScopes() == UnknownScopes.IGNORE;
  }

  /**
   * Restricts metadata to what the roles allow. A request that names no scope gets all scopes of
   * its roles.
   *
   * @param offered the scopes that count as known where no role restricts them
   * @throws Refusal {@code invalid_client_metadata}
   */
  void restrict(ObjectNode members, Set<String> offered) throws Refusal {
    if (!areRestricting()) {
      if (ignoresUnknownScopes(profile) && members.path(SCOPE).isTextual()) {
        Set<String> scopes = words(members.path(SCOPE));
        scopes.retainAll(offered);
        members.put(SCOPE, String.join(" ", scopes));
      }
      return;
    }
    restrictScope(members);
    restrictList(members, "grant_types", Rights::grantTypes);
    restrictList(members, "authorization_details_types", Rights::authorizationDetailsTypes);
  }

  /** Whether the ecosystem has roles, which then say what scopes there are. */
  boolean areRestricting() {
    return held != null && !profile.roles().isEmpty();
  }

  private static Set<String> words(JsonNode text) {
    Set<String> words = new LinkedHashSet<>(Arrays.asList(text.asText().trim().split(" +")));
    words.remove("");
    return words;
  }

  /** The client scopes that a client gets in addition to those in its metadata. */
  Set<String> attachedScopes() {
    return held == null ? Set.of() : allowed(Rights::attachedScopes);
  }

  private void restrictScope(ObjectNode members) throws Refusal {
    Set<String> allowed = allowed(Rights::scopes);
    JsonNode asked = members.path(SCOPE);
    Set<String> scopes = allowed;
    if (!asked.isMissingNode() && !asked.isNull()) {
      scopes = words(asked);
      if (ignoresUnknownScopes(profile)) {
        scopes.retainAll(allowed);
      } else if (!allowed.containsAll(scopes)) {
        throw refusal(SCOPE, allowed);
      }
    }
    members.put(SCOPE, String.join(" ", scopes));
  }

  private void restrictList(
      ObjectNode members, String member, Function<Rights, List<String>> rights) throws Refusal {
    if (rights().stream().map(rights).anyMatch(list -> list == null)) {
      return; // one of the roles restricts nothing
    }
    Set<String> allowed = allowed(rights);
    for (JsonNode asked : members.path(member)) {
      if (!allowed.contains(asked.asText())) {
        throw refusal(member, allowed);
      }
    }
  }

  private List<Rights> rights() {
    return held.stream().filter(profile.roles()::containsKey).map(profile.roles()::get).toList();
  }

  private Set<String> allowed(Function<Rights, List<String>> kind) {
    Set<String> allowed = new LinkedHashSet<>();
    rights().forEach(rights -> allowed.addAll(kind.apply(rights)));
    return allowed;
  }

  private static Refusal refusal(String member, Set<String> allowed) {
    return new Refusal(
        "invalid_client_metadata",
        member + " has a value that the roles of the software do not allow",
        "the roles allow " + (allowed.isEmpty() ? "none" : String.join(", ", allowed)));
  }
}
