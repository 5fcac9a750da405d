package io.github.fapipack.ecosystem;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;

/**
 * What the members of a software statement mean.
 *
 * @param softwareId the id of the software
 * @param softwareName its name for people, or null
 * @param organisationId the id of its organisation
 * @param organisationName the name of the organisation for people, or null
 * @param jwksUri where the keys of the software are, with which it signs requests
 * @param states members with states, of which the worst counts
 * @param roles members with roles: the software has those that each of them names
 * @param metadata the relations between members of the statement and client metadata
 */
@JsonNaming(SnakeCaseStrategy.class)
public record StatementMembers(
    MemberPath softwareId,
    MemberPath softwareName,
    MemberPath organisationId,
    MemberPath organisationName,
    MemberPath jwksUri,
    List<State> states,
    List<Roles> roles,
    List<Relation> metadata) {

  /** For an ecosystem without statements. */
  static final StatementMembers NONE =
      new StatementMembers(
          new MemberPath("/software_id"),
          null,
          new MemberPath("/organisation_id"),
          null,
          null,
          null,
          null,
          null);

  public StatementMembers {
    states = states == null ? List.of() : List.copyOf(states);
    roles = roles == null ? List.of() : List.copyOf(roles);
    metadata = metadata == null ? List.of() : List.copyOf(metadata);
  }

  /**
   * A member with a state.
   *
   * @param at where it is
   * @param values what its values mean
   * @param other the meaning of any other value, and of none
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record State(MemberPath at, Map<String, ParticipantState> values, ParticipantState other) {

    public State {
      values = Map.copyOf(values);
      other = other == null ? ParticipantState.SUSPENDED : other;
    }
  }

  /**
   * A member with roles.
   *
   * @param at where its entries are
   * @param name where an entry has the role's name; null if the entry is the name
   * @param state where an entry has a state; null for always active
   * @param active the names of states in which the software has the role
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Roles(MemberPath at, MemberPath name, MemberPath state, List<String> active) {

    public Roles {
      active = active == null ? List.of() : List.copyOf(active);
    }
  }

  /**
   * How a member of client metadata depends on the statement.
   *
   * @param member its name (RFC 7591 2)
   * @param claim the member of the statement; null with {@link Kind#FORBIDDEN}
   * @param kind the relation that must hold
   * @param presence whether a request must have the member
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Relation(
      String member, MemberPath claim, @JsonProperty("relation") Kind kind, Presence presence) {

    public Relation {
      presence = presence == null ? Presence.OPTIONAL : presence;
      if ((claim == null) != (kind == Kind.FORBIDDEN)) {
        throw new IllegalArgumentException(
            "statement.metadata: " + member + " needs a claim, unless it is forbidden");
      }
    }
  }

  /** The relation between a member of a request and a member of the statement. */
  public enum Kind {
    /** Equal to it; if left out, it is taken from the statement. */
    @JsonProperty("equals")
    EQUAL,

    /** A part of it, where both are lists; if left out, it is taken from the statement. */
    @JsonProperty("subset")
    SUBSET,

    /** The value of the statement counts, whatever the request has. */
    @JsonProperty("taken")
    TAKEN,

    /** The request must not have it. */
    @JsonProperty("forbidden")
    FORBIDDEN
  }
}
