package io.github.fapipack.ecosystem;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How authorization requests name a consent that the bank holds, and how long what the bank's
 * consent service has said is relied on.
 *
 * @param reference where a request has the id of its consent
 * @param requiredFor the scopes that a request may only have together with a consent; {@code *} for
 *     all requests
 * @param again whether a consent that was authorised may be authorised again
 * @param recheck for how many seconds the service's word that a consent is authorised counts
 * @param kinds what differs for a kind of consent, by the kind's name
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ConsentRules(
    Reference reference,
    Set<String> requiredFor,
    boolean again,
    Integer recheck,
    Map<String, Kind> kinds) {

  private static final int SECONDS = 30;
  private static final String ALL = "*";

  public ConsentRules {
    requiredFor = requiredFor == null ? Set.of() : Set.copyOf(requiredFor);
    recheck = recheck == null ? SECONDS : recheck;
    kinds = kinds == null ? Map.of() : Map.copyOf(kinds);
  }

  /** For how many seconds the service's word about a consent of a kind counts. */
  public int recheck(String kind) {
    Kind known = kind == null ? null : kinds.get(kind);
    return known == null || known.recheck() == null ? recheck : known.recheck();
  }

  /** Whether a request with these scopes must name a consent. */
  public boolean isRequiredFor(String scope) {
    return requiredFor.contains(ALL) || words(scope).anyMatch(requiredFor::contains);
  }

  /** The scopes of a request that carry a consent. */
  public List<String> carriers(String scope) {
    return words(scope).filter(reference::isCarrier).toList();
  }

  /** The scopes of a request without those that carry a consent. */
  public String withoutCarriers(String scope) {
    return words(scope).filter(word -> !reference.isCarrier(word)).collect(Collectors.joining(" "));
  }

  private static Stream<String> words(String scope) {
    return scope == null
        ? Stream.of()
        : Arrays.stream(scope.split(" ")).filter(word -> !word.isEmpty()).distinct();
  }

  /**
   * Where a request has the id of its consent: in one of these places.
   *
   * @param scope what stands before the id in a scope
   * @param claim the name of a claim that the request asks for, with the id as its value
   * @param details a place in authorization details, or null
   * @param arrangement the name of a member beside {@code id_token} in the parameter for single
   *     claims; a request may lack it
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Reference(
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> scope,
      String claim,
      Details details,
      String arrangement) {

    public Reference {
      scope = scope == null ? List.of() : List.copyOf(scope);
    }

    /** Whether a scope carries a consent. */
    boolean isCarrier(String word) {
      return scope.stream().anyMatch(word::startsWith);
    }

    /** The id of the consent in a scope that carries one. */
    public String idIn(String word) {
      return scope.stream()
          .filter(word::startsWith)
          .map(prefix -> word.substring(prefix.length()))
          .findFirst()
          .orElseThrow();
    }
  }

  /**
   * A place in authorization details.
   *
   * @param types the types that carry a consent
   * @param id where an object has the id
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Details(Set<String> types, MemberPath id) {

    public Details {
      types = Set.copyOf(types);
    }
  }

  /**
   * What differs for a kind of consent.
   *
   * @param recheck seconds, or null for no difference
   * @param acr of these values the login must have one; empty for no demand
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Kind(Integer recheck, List<String> acr) {

    public Kind {
      acr = acr == null ? List.of() : List.copyOf(acr);
    }
  }
}
