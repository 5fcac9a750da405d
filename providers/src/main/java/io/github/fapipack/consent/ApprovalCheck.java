package io.github.fapipack.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.Approval;
import io.github.fapipack.approval.AuthorizationDetails;
import io.github.fapipack.approval.ConsentRequest;
import io.github.fapipack.approval.GrantAction;
import io.github.fapipack.rar.AuthorizationDetailsType;
import io.github.fapipack.rar.AuthorizationDetailsTypes;
import io.github.fapipack.rar.Choice;
import io.github.fapipack.rar.Narrowing;
import io.github.fapipack.rar.TypeSettings;
import io.github.fapipack.rule.Clause;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * What a user can approve, on the page or by a device: the requested objects, unchanged except for
 * the values that the user picks; all of those that cannot be divided; and for a lifetime that the
 * realm offers.
 */
@Clause("RFC9396 7.1-1")
public final class ApprovalCheck {

  /** What is wrong with an approval. */
  public enum Fault {
    /** Something was not requested, or is missing although it must not be refused. */
    DETAILS("approve the objects that were asked for, in their order and unchanged"),
    /** A picked value does not belong to the user. */
    CHOICE("approve nothing but accounts and the like that are the user's own"),
    /** The realm does not offer that lifetime. */
    LIFETIME("approve for one of the lifetimes that the realm offers");

    private final String demand;

    Fault(String demand) {
      this.demand = demand;
    }
  }

  /** An approval that is not allowed. */
  public static final class Unapprovable extends Exception {
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    public Unapprovable(Fault fault) {
      super(fault.demand);
      this.fault = fault;
    }

    Fault fault() {
      return fault;
    }
  }

  /** Stands in for a lifetime if there is none to choose. */
  private static final String ONCE = "once";

  private final AuthorizationDetailsTypes types;
  private final Map<String, Long> lifetimes;
  private final UserModel user;

  ApprovalCheck(AuthorizationDetailsTypes types, Map<String, Long> lifetimes, UserModel user) {
    this.types = types;
    this.lifetimes = lifetimes;
    this.user = user;
  }

  /** A check for a user of the current realm. */
  public static ApprovalCheck of(KeycloakSession session, UserModel user) {
    return new ApprovalCheck(
        AuthorizationDetailsTypes.of(session),
        GrantLifetimes.of(session.getContext().getRealm()),
        user);
  }

  /** Whether the user may refuse objects of a type and approve others. */
  static boolean mayRefuse(AuthorizationDetailsType type, List<ObjectNode> asked) {
    return asked.size() > 1 && type.settings().divisible();
  }

  /**
   * The lifetimes to offer, each with its end in seconds since the epoch: none if everything is
   * carried out once, and none beyond the end of all requested objects.
   */
  Map<String, Long> lifetimes(ConsentRequest request) {
    if (happensOnce(request)) {
      return Map.of(
          ONCE,
          GrantLifetimes.once(
              request.authorizationDetails().stream().flatMap(this::due).toList(),
              Time.currentTimeSeconds()));
    }
    Long end = end(request);
    if (end == null) {
      return lifetimes;
    }
    Map<String, Long> limited = new LinkedHashMap<>();
    lifetimes.forEach(
        (lifetime, until) -> {
          if (!limited.containsValue(end)) {
            limited.put(lifetime, Math.min(until, end));
          }
        });
    return limited;
  }

  /**
   * Whether everything is carried out once; false if the request changes a grant, which continues.
   */
  boolean happensOnce(ConsentRequest request) {
    return !request.authorizationDetails().isEmpty()
        && request.action() != GrantAction.MERGE
        && request.authorizationDetails().stream()
            .allMatch(
                detail ->
                    types
                        .find(AuthorizationDetails.type(detail))
                        .flatMap(type -> type.settings().once())
                        .isPresent());
  }

  private Stream<String> due(ObjectNode detail) {
    return types
        .find(AuthorizationDetails.type(detail))
        .flatMap(type -> type.settings().once())
        .flatMap(TypeSettings.Once::date)
        .map(detail::at)
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .stream();
  }

  /** When the last of the objects expires; null if one never does, or if a grant may hold more. */
  private Long end(ConsentRequest request) {
    if (request.authorizationDetails().isEmpty() || request.action() == GrantAction.MERGE) {
      return null;
    }
    Narrowing narrowing = new Narrowing(types);
    long now = Time.currentTimeSeconds();
    long last = now;
    for (ObjectNode detail : request.authorizationDetails()) {
      Optional<Instant> end = narrowing.end(detail).filter(Instant.ofEpochSecond(now)::isBefore);
      if (end.isEmpty()) {
        return null;
      }
      last = Math.max(last, end.get().getEpochSecond());
    }
    return last;
  }

  /** The approval of everything that was requested, for the first offered lifetime. */
  public Approval all(ConsentRequest request) throws Unapprovable {
    return approve(request, request.authorizationDetails(), null);
  }

  /**
   * The approval of what the user selected.
   *
   * @param approved the approved objects, in the order of the request
   * @param lifetime an ISO 8601 duration, or null for the one that is offered first
   */
  public Approval approve(ConsentRequest request, List<ObjectNode> approved, String lifetime)
      throws Unapprovable {
    List<ObjectNode> asked = request.authorizationDetails();
    Fault refused = Fault.DETAILS;
    int next = 0;
    for (ObjectNode object : asked) {
      AuthorizationDetailsType type =
          types
              .find(AuthorizationDetails.type(object))
              .orElseThrow(() -> new Unapprovable(Fault.DETAILS));
      Optional<Fault> fault =
          next < approved.size()
              ? fault(approved.get(next), object, type)
              : Optional.of(Fault.DETAILS);
      if (fault.isEmpty()) {
        next++;
      } else if (!mayRefuse(type, asked)) {
        throw new Unapprovable(fault.get());
      } else if (next < approved.size()) {
        refused = fault.get();
      }
    }
    if (next < approved.size()) {
      throw new Unapprovable(refused);
    }
    Map<String, Long> offered = lifetimes(request);
    Long end =
        lifetime == null || (happensOnce(request) && lifetimes.containsKey(lifetime))
            ? offered.values().iterator().next()
            : offered.containsKey(lifetime) || !lifetimes.containsKey(lifetime)
                ? offered.get(lifetime)
                : last(offered); // a longer lifetime than the requested objects have
    if (end == null) {
      throw new Unapprovable(Fault.LIFETIME);
    }
    return new Approval(approved, request.action(), request.grantId(), end, request.consent());
  }

  /** Why an approved object is not allowed for a requested one; empty if it is. */
  private Optional<Fault> fault(
      ObjectNode approved, ObjectNode asked, AuthorizationDetailsType type) {
    Optional<Choice> choice = type.settings().choose();
    List<String> picked = choice.map(one -> one.named(approved)).orElse(List.of());
    boolean fits =
        picked.isEmpty()
            // The user's answer decides only where the type lets the user pick.
            ? asked.equals(approved)
            : choice.get().canHold(picked)
                && choice.get().write(asked, distinct(picked)).equals(approved);
    if (!fits) {
      return Optional.of(Fault.DETAILS);
    }
    return picked.isEmpty() || choice.get().own(asked, user).containsAll(picked)
        ? Optional.empty()
        : Optional.of(Fault.CHOICE);
  }

  private static Long last(Map<String, Long> offered) {
    return offered.values().stream().max(Long::compare).orElseThrow();
  }

  private static List<String> distinct(List<String> picked) {
    return picked.stream().distinct().toList();
  }
}
