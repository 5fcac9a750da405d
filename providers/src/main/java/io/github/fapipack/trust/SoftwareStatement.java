package io.github.fapipack.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.ecosystem.MemberPath;
import io.github.fapipack.ecosystem.ParticipantState;
import io.github.fapipack.ecosystem.StatementMembers;
import io.github.fapipack.keys.SignedJwt;
import io.github.fapipack.request.NumericDate;
import io.github.fapipack.rule.Refusal;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a verified software statement says, by the members that the ecosystem gives a meaning.
 *
 * @param claims its claims
 * @param softwareId the id of the software
 * @param softwareName its name for people, or null
 * @param organisationId the id of its organisation
 * @param organisationName the organisation's name for people, or null
 * @param state the worst of the states in it
 * @param roles the roles of the software; null if the ecosystem's statements have none
 * @param jwt the statement itself
 * @param chain the certificate that vouches for the key of the statement, and its chain; empty
 *     where the key is the directory's
 */
public record SoftwareStatement(
    ObjectNode claims,
    String softwareId,
    String softwareName,
    String organisationId,
    String organisationName,
    ParticipantState state,
    Set<String> roles,
    SignedJwt jwt,
    List<X509Certificate> chain) {

  /** In characters: the columns of Keycloak's and the pack's tables. */
  private static final int LONGEST_ID = 200;

  private static final int LONGEST_NAME = 255;
  private static final int MOST_ROLES = 100;

  /**
   * Reads the claims.
   *
   * @throws Refusal {@code invalid_software_statement} if an id is missing
   */
  static SoftwareStatement of(StatementMembers members, SignedJwt jwt, List<X509Certificate> chain)
      throws Refusal {
    ObjectNode claims = jwt.claims();
    return new SoftwareStatement(
        claims,
        id(members.softwareId(), claims),
        name(members.softwareName(), claims),
        id(members.organisationId(), claims),
        name(members.organisationName(), claims),
        state(members.states(), claims),
        roles(members.roles(), claims),
        jwt,
        List.copyOf(chain));
  }

  /**
   * Reads a statement that was verified when it was stored.
   *
   * @return empty if it cannot be read any more, for example with another profile
   */
  static Optional<SoftwareStatement> stored(StatementMembers members, String compact) {
    Optional<SignedJwt> jwt = SignedJwt.parse(compact);
    try {
      return jwt.isEmpty() ? Optional.empty() : Optional.of(of(members, jwt.get(), List.of()));
    } catch (Refusal e) {
      return Optional.empty();
    }
  }

  /** When the directory issued it, in seconds since 1970; empty if it does not say so. */
  public OptionalLong issuedAt() {
    return NumericDate.of(claims.get("iat"));
  }

  private static String id(MemberPath path, ObjectNode claims) throws Refusal {
    Optional<String> id = path.text(claims);
    if (id.isEmpty()
        || id.get().length() > LONGEST_ID
        || id.get().chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
      throw new Refusal(
          "invalid_software_statement",
          "the software statement has no usable " + path.name(),
          "get a new one from the directory");
    }
    return id.get();
  }

  private static String name(MemberPath path, ObjectNode claims) {
    return path == null
        ? null
        : path.text(claims)
            .map(name -> name.replaceAll("\\p{Cntrl}", " ").strip())
            .map(
                name ->
                    name.codePointCount(0, name.length()) <= LONGEST_NAME
                        ? name
                        : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME)))
            .orElse(null);
  }

  private static ParticipantState state(List<StatementMembers.State> states, ObjectNode claims) {
    ParticipantState worst = ParticipantState.ACTIVE;
    for (StatementMembers.State state : states) {
      List<JsonNode> values = state.at().all(claims);
      if (values.isEmpty()) {
        worst = ParticipantState.worst(worst, state.other());
      }
      for (JsonNode value : values) {
        worst =
            ParticipantState.worst(
                worst, state.values().getOrDefault(value.asText(), state.other()));
      }
    }
    return worst;
  }

  private static Set<String> roles(List<StatementMembers.Roles> members, ObjectNode claims) {
    Set<String> common = null;
    for (StatementMembers.Roles member : members) {
      Set<String> named =
          member.at().all(claims).stream()
              .limit(MOST_ROLES)
              .filter(entry -> isActive(member, entry))
              .map(entry -> member.name() == null ? entry : member.name().one(entry).orElse(entry))
              .filter(JsonNode::isTextual)
              .map(JsonNode::textValue)
              .collect(Collectors.toCollection(LinkedHashSet::new));
      if (common == null) {
        common = named;
      } else {
        common.retainAll(named);
      }
    }
    return common;
  }

  private static boolean isActive(StatementMembers.Roles member, JsonNode entry) {
    return member.state() == null
        || member.active().contains(member.state().text(entry).orElse(""));
  }
}
