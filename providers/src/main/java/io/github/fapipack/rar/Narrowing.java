package io.github.fapipack.rar;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.AuthorizationDetails;
import io.github.fapipack.approval.Fault;
import io.github.fapipack.approval.InvalidAuthorizationDetails;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Asking for less than was approved (RFC 9396 6): each requested object must be within one approved
 * object of its type, by the comparison that the type defines, and no two within the same one.
 * Nothing is ever added.
 */
@Clause({"RFC9396 6-1", "RFC9396 6.1-1"})
public final class Narrowing {

  private static final String TYPE = "type";

  private final AuthorizationDetailsTypes types;

  public Narrowing(KeycloakSession session) {
    this(AuthorizationDetailsTypes.of(session));
  }

  public Narrowing(AuthorizationDetailsTypes types) {
    this.types = types;
  }

  /**
   * The requested objects, completed with the values that the user picked in the approved ones,
   * which the client need not repeat.
   *
   * @throws Refusal {@code invalid_authorization_details} if an object is not within an approved
   *     one
   */
  public List<ObjectNode> narrow(List<ObjectNode> requested, List<ObjectNode> approved)
      throws Refusal {
    List<Map<Integer, ObjectNode>> candidates = new ArrayList<>();
    for (int i = 0; i < requested.size(); i++) {
      candidates.add(within(requested.get(i), approved, "/" + i));
    }
    Map<Integer, Integer> taken = new HashMap<>();
    for (int i = 0; i < requested.size(); i++) {
      if (!place(i, candidates, taken, new HashSet<>())) {
        // A request that repeats one payment would result in two.
        throw InvalidAuthorizationDetails.refusal(
            new Fault("/" + i, "what was approved once is asked for more than once"));
      }
    }
    ObjectNode[] narrowed = new ObjectNode[requested.size()];
    taken.forEach((of, i) -> narrowed[i] = candidates.get(i).get(of));
    return List.of(narrowed);
  }

  /**
   * Assigns an approved object to a requested one; may reassign the objects of other requested ones
   * (bipartite matching).
   */
  private static boolean place(
      int asked,
      List<Map<Integer, ObjectNode>> candidates,
      Map<Integer, Integer> taken,
      Set<Integer> tried) {
    for (int candidate : candidates.get(asked).keySet()) {
      if (tried.add(candidate)
          && (!taken.containsKey(candidate)
              || place(taken.get(candidate), candidates, taken, tried))) {
        taken.put(candidate, asked);
        return true;
      }
    }
    return false;
  }

  /** The narrowed object for each approved one that contains it. */
  private Map<Integer, ObjectNode> within(
      ObjectNode asked, List<ObjectNode> approved, String pointer) throws Refusal {
    Map<Integer, ObjectNode> found = new LinkedHashMap<>();
    Optional<String> wider = Optional.empty();
    for (int i = 0; i < approved.size(); i++) {
      ObjectNode candidate = approved.get(i);
      if (candidate.path(TYPE).equals(asked.path(TYPE))) {
        TypeSettings settings =
            types
                .find(AuthorizationDetails.type(candidate))
                .map(AuthorizationDetailsType::settings)
                .orElse(TypeSettings.NONE);
        ObjectNode complete = withChoice(asked, candidate, settings);
        Optional<String> difference =
            difference(complete, candidate, "", settings)
                .or(() -> complete.equals(candidate) ? Optional.empty() : fault(complete));
        if (difference.isEmpty()) {
          found.put(i, complete);
        }
        wider = wider.or(() -> difference);
      }
    }
    if (found.isEmpty()) {
      throw InvalidAuthorizationDetails.refusal(
          new Fault(
              pointer + wider.orElse("/" + TYPE),
              "it is not within what was approved; ask for the same or for less"));
    }
    return found;
  }

  /** A narrowed object may be less than the approved one and still be invalid for the type. */
  private Optional<String> fault(ObjectNode detail) {
    return types
        .find(AuthorizationDetails.type(detail))
        .flatMap(type -> type.faults(detail).stream().findFirst())
        .map(Fault::pointer);
  }

  private static ObjectNode withChoice(
      ObjectNode asked, ObjectNode approved, TypeSettings settings) {
    Optional<Choice> choice = settings.choose();
    if (choice.isEmpty() || !asked.at(choice.get().member()).isMissingNode()) {
      return asked;
    }
    List<String> picked = choice.get().named(approved);
    return picked.isEmpty() || !choice.get().fitsInto(asked)
        ? asked
        : choice.get().write(asked, picked);
  }

  /** The location of the first difference that is not a narrowing; empty if there is none. */
  private static Optional<String> difference(
      JsonNode asked, JsonNode approved, String pointer, TypeSettings settings) {
    Comparison comparison = pointer.isEmpty() ? null : settings.narrow().get(compiled(pointer));
    if (comparison != null && !asked.isMissingNode() && !approved.isMissingNode()) {
      return comparison.fits(asked, approved) ? Optional.empty() : Optional.of(pointer);
    }
    if (!(asked instanceof ObjectNode) || !(approved instanceof ObjectNode)) {
      return asked.equals(approved) ? Optional.empty() : Optional.of(pointer);
    }
    Set<String> names = new TreeSet<>();
    asked.fieldNames().forEachRemaining(names::add);
    approved.fieldNames().forEachRemaining(names::add);
    return names.stream()
        .flatMap(
            name ->
                difference(
                    asked.path(name),
                    approved.path(name),
                    pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
                    settings)
                    .stream())
        .findFirst();
  }

  private static JsonPointer compiled(String pointer) {
    return JsonPointer.compile(pointer);
  }

  /** The objects that have not expired. */
  public List<ObjectNode> stillValid(List<ObjectNode> details) {
    return stillValid(details, Instant.ofEpochSecond(Time.currentTimeSeconds()));
  }

  /** The objects that have not expired at a given moment. */
  public List<ObjectNode> stillValid(List<ObjectNode> details, Instant now) {
    return details.stream().filter(detail -> end(detail).map(now::isBefore).orElse(true)).toList();
  }

  /**
   * The objects without picked values that no longer belong to the user; an object without
   * remaining values is dropped.
   *
   * @param user null if the user was deleted, to whom no value belongs
   */
  public List<ObjectNode> stillOwn(List<ObjectNode> details, UserModel user) {
    return details.stream().flatMap(detail -> stillOwn(detail, user).stream()).toList();
  }

  private Optional<ObjectNode> stillOwn(ObjectNode detail, UserModel user) {
    Optional<Choice> choice =
        types
            .find(AuthorizationDetails.type(detail))
            .flatMap(type -> type.settings().choose())
            .filter(one -> !one.named(detail).isEmpty());
    if (choice.isEmpty()) {
      return Optional.of(detail);
    }
    return user == null ? Optional.empty() : choice.get().limitedTo(detail, user);
  }

  /** When an object expires, if ever; a date ends when it has ended in all time zones. */
  public Optional<Instant> end(ObjectNode detail) {
    return types
        .find(AuthorizationDetails.type(detail))
        .flatMap(type -> type.settings().expires())
        .map(detail::at)
        .filter(JsonNode::isTextual)
        .map(text -> moment(text.textValue()));
  }

  private static Instant moment(String text) {
    try {
      return text.contains("T")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.ofHours(-12)).toInstant();
    } catch (DateTimeException e) {
      return Instant.MIN; // an unknown format: expired rather than never expiring
    }
  }
}
