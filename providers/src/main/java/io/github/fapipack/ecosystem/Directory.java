package io.github.fapipack.ecosystem;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The directory that vouches for the software of an ecosystem.
 *
 * @param issuer the {@code iss} of its statements; null where each software issues its own, and a
 *     certificate of the community vouches for it
 * @param keys where the keys for its statements are found
 * @param jwksUri where its signing keys are; null with {@link Keys#CERTIFICATE}
 * @param anchors with {@link Keys#CERTIFICATE}, PEM certificates of the authorities from which the
 *     certificates must come; empty for the authorities that the server trusts
 * @param statement limits for its statements
 * @param status where it says who takes part, or null if only statements say it
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Directory(
    String issuer,
    Keys keys,
    String jwksUri,
    List<String> anchors,
    StatementLimits statement,
    ParticipantsList status) {

  /** Nobody vouches for software: only administrators register clients. */
  static final Directory NONE = new Directory(null, Keys.CERTIFICATE, null, null, null, null);

  public Directory {
    anchors = anchors == null ? List.of() : List.copyOf(anchors);
    Pems.require("directory.anchors", anchors);
    keys = keys == null ? Keys.KEY_SET : keys;
    if ((keys == Keys.KEY_SET) != (jwksUri != null)) {
      throw new IllegalArgumentException(
          "directory.jwks_uri belongs to the keys jwks, and only to them");
    }
    if (keys == Keys.KEY_SET && issuer == null) {
      throw new IllegalArgumentException("directory.issuer is missing");
    }
  }

  /** Where the key for a statement is found. */
  public enum Keys {
    /** In the key set of the directory. */
    @JsonProperty("jwks")
    KEY_SET,

    /**
     * In the certificate that the statement has in its header ({@code x5c}, RFC 7515 4.1.6). Each
     * software issues its own statements then, and a certificate of the community vouches for it.
     */
    @JsonProperty("x5c")
    CERTIFICATE
  }

  /**
   * Limits for statements.
   *
   * @param algorithms the signature algorithms
   * @param types the values of {@code typ} besides none at all; empty for any
   * @param maxAge seconds since {@code iat}; null for no limit other than {@code exp}
   * @param maxLifetime seconds between {@code iat} and {@code exp}; null for no limit
   * @param expiry whether {@code exp} is required
   * @param audience what {@code aud} must contain; empty if a statement is for all servers
   * @param once whether each statement, known by its {@code jti}, is accepted once
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record StatementLimits(
      List<String> algorithms,
      List<String> types,
      Integer maxAge,
      Integer maxLifetime,
      Presence expiry,
      List<String> audience,
      boolean once) {

    public StatementLimits {
      algorithms = List.copyOf(algorithms);
      types = types == null ? List.of() : List.copyOf(types);
      audience = audience == null ? List.of() : List.copyOf(audience);
      expiry = expiry == null ? Presence.OPTIONAL : expiry;
      if (maxAge == null && expiry == Presence.OPTIONAL) {
        throw new IllegalArgumentException(
            "directory.statement needs max_age, or expiry required: a statement must end");
      }
    }
  }

  /**
   * A list of participants that is polled.
   *
   * @param uri its https address
   * @param headers what each request has in addition, such as the version of the interface
   * @param every seconds between two requests
   * @param staleAfter seconds without an answer after which administrators are alarmed
   * @param levels how organisations and their software are nested: the first level is that of
   *     organisations, the last of several that of software; those between only have a state
   * @param states what the directory's names of states mean
   * @param otherState the meaning of any other name, and of none
   * @param missing the state of what was known and is not in the list any more; active leaves its
   *     state as it was
   * @param mostEndedPercent a list that would end more than this share of the active organisations
   *     at once is not applied until an administrator says so
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record ParticipantsList(
      String uri,
      Map<String, String> headers,
      int every,
      int staleAfter,
      List<Level> levels,
      Map<String, ParticipantState> states,
      ParticipantState otherState,
      ParticipantState missing,
      Integer mostEndedPercent) {

    public ParticipantsList {
      headers = headers == null ? Map.of() : Map.copyOf(headers);
      levels = List.copyOf(levels);
      states = Map.copyOf(states);
      otherState = otherState == null ? ParticipantState.SUSPENDED : otherState;
      missing = missing == null ? ParticipantState.ACTIVE : missing;
      mostEndedPercent = mostEndedPercent == null ? 25 : mostEndedPercent;
      if (levels.get(0).id() == null || levels.get(levels.size() - 1).id() == null) {
        throw new IllegalArgumentException(
            "directory.status.levels: the first and the last one need an id");
      }
    }

    /** The time between two requests. */
    public Duration interval() {
      return Duration.ofSeconds(every);
    }
  }

  /**
   * One level of a participants list.
   *
   * @param items where its entries are, in an entry of the level above
   * @param id where an entry has its id, or null
   * @param name where it has its name, or null
   * @param state where it has its state, or null for always active
   * @param roles where it has its roles, or null
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Level(
      MemberPath items, MemberPath id, MemberPath name, MemberPath state, MemberPath roles) {}
}
