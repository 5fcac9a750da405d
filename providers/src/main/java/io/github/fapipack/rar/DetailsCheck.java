package io.github.fapipack.rar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.AuthorizationDetails;
import io.github.fapipack.approval.Fault;
import io.github.fapipack.approval.InvalidAuthorizationDetails;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.RequestKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Checks authorization details: within the limits, of types that the realm knows and the client may
 * use, and valid for these types (RFC 9396 5).
 *
 * @param types the types that the realm knows
 * @param allowed the types that the client may use; empty for all of them
 * @param limits the maximum size
 */
@Clause({"RFC9396 2-1", "RFC9396 2.2-1", "RFC9396 5-1", "RFC9396 5-2", "RFC9396 12-2"})
public record DetailsCheck(
    AuthorizationDetailsTypes types,
    Optional<Set<String>> allowed,
    RestrictAuthorizationDetails.Limits limits) {

  /** Authorization details that passed a check in the current request. */
  private record Passed(DetailsCheck check, String json, List<ObjectNode> details) {}

  /** Authorization details that were parsed in the current request. */
  private record Parsed(String json, List<ObjectNode> details) {}

  private static final RequestKey<Passed> PASSED = new RequestKey<>();
  private static final RequestKey<Parsed> PARSED = new RequestKey<>();

  private static final String TYPE = "type";

  /**
   * Characters that are forbidden in any text: control characters, and those that change the
   * writing direction, which can make a text look like another one or like a text of the pack.
   */
  private static final Pattern CONTROLS =
      Pattern.compile("[\\p{Cc}\\u200E\\u200F\\u061C\\u2028-\\u202E\\u2066-\\u206F\\uFEFF\\p{Cs}]");

  /** A number with an exponent may take far more characters when it is written out. */
  private static final int MOST_DIGITS = 40;

  /**
   * Parses and checks the parameter of the current request within the limits of its realm.
   *
   * @throws Refusal as {@link #check}
   */
  public static List<ObjectNode> check(KeycloakSession session, ClientModel client, String json)
      throws Refusal {
    return check(
        session,
        client,
        RealmRules.of(session)
            .settings(session, RestrictAuthorizationDetails.class)
            .orElse(RestrictAuthorizationDetails.STANDARD),
        json);
  }

  /**
   * The same within given limits. A rule and the endpoint behind it ask for the same check; the
   * second one gets the result of the first. Only what passed is kept, because a refusal names the
   * rule that threw it.
   */
  static List<ObjectNode> check(
      KeycloakSession session,
      ClientModel client,
      RestrictAuthorizationDetails.Limits limits,
      String json)
      throws Refusal {
    DetailsCheck check =
        new DetailsCheck(
            AuthorizationDetailsTypes.of(session), ClientTypes.allowed(client), limits);
    Optional<Passed> known =
        PASSED
            .in(session)
            .filter(passed -> passed.check.equals(check))
            .filter(passed -> passed.json.equals(json));
    if (known.isPresent()) {
      return known.get().details;
    }
    List<ObjectNode> details = check.check(json);
    PASSED.set(session, new Passed(check, json, details));
    return details;
  }

  /**
   * Parses the parameter of a token request within the standard limits, without checking the types.
   * The objects are compared with what was approved, more than once for some grants.
   *
   * @throws Refusal {@code invalid_authorization_details}
   */
  static List<ObjectNode> parse(KeycloakSession session, String json) throws Refusal {
    Optional<Parsed> known = PARSED.in(session).filter(parsed -> parsed.json.equals(json));
    if (known.isPresent()) {
      return known.get().details;
    }
    List<ObjectNode> details = read(json, RestrictAuthorizationDetails.STANDARD);
    PARSED.set(session, new Parsed(json, details));
    return details;
  }

  /**
   * Parses and checks the parameter.
   *
   * @throws Refusal {@code invalid_authorization_details} with the locations of all faults, so that
   *     all can be corrected at once
   */
  List<ObjectNode> check(String json) throws Refusal {
    List<ObjectNode> details = read(json, limits);
    if (details.isEmpty()) {
      throw InvalidAuthorizationDetails.refusal(
          AuthorizationDetails.PARAMETER + " is empty; leave it out, or say what is asked for");
    }
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < details.size(); i++) {
      String pointer = "/" + i;
      faults(details.get(i)).forEach(fault -> faults.add(fault.under(pointer)));
    }
    if (!faults.isEmpty()) {
      throw InvalidAuthorizationDetails.refusal(faults);
    }
    return details;
  }

  /**
   * Parses the parameter within the limits, without checking the types.
   *
   * @throws Refusal {@code invalid_authorization_details}
   */
  static List<ObjectNode> read(String json, RestrictAuthorizationDetails.Limits limits)
      throws Refusal {
    if (json.length() > limits.maxCharacters()) {
      throw tooMuch("characters", limits.maxCharacters());
    }
    List<ObjectNode> details;
    try {
      details = AuthorizationDetails.parse(json);
    } catch (IllegalArgumentException e) {
      throw InvalidAuthorizationDetails.refusal(e.getMessage());
    }
    if (details.size() > limits.maxObjects()) {
      throw tooMuch("objects", limits.maxObjects());
    }
    for (int i = 0; i < details.size(); i++) {
      Optional<Fault> fault = unfit(details.get(i), "/" + i, limits.maxDepth());
      if (fault.isPresent()) {
        throw InvalidAuthorizationDetails.refusal(fault.get());
      }
    }
    return details;
  }

  private static Refusal tooMuch(String what, int limit) {
    return InvalidAuthorizationDetails.refusal(
        "%s holds more than %d %s, which is the limit here; ask for less at a time"
            .formatted(AuthorizationDetails.PARAMETER, limit, what));
  }

  private List<Fault> faults(ObjectNode detail) {
    JsonNode type = detail.path(TYPE);
    if (!type.isTextual()) {
      return List.of(new Fault("/" + TYPE, "it must be there, and be a string"));
    }
    Optional<AuthorizationDetailsType> known = types.find(type.textValue());
    if (known.isEmpty()) {
      return List.of(
          new Fault("/" + TYPE, "it is not known here; use one of " + String.join(", ", usable())));
    }
    if (allowed.isPresent() && !allowed.get().contains(type.textValue())) {
      return List.of(new Fault("/" + TYPE, "it is not registered for this client"));
    }
    return known.get().faults(detail);
  }

  private List<String> usable() {
    return types.ids().stream()
        .filter(id -> allowed.isEmpty() || allowed.get().contains(id))
        .toList();
  }

  private static Optional<Fault> unfit(JsonNode value, String pointer, int depth) {
    if (value.isTextual()) {
      return CONTROLS.matcher(value.textValue()).find()
          ? Optional.of(new Fault(pointer, "it has control characters; leave them out"))
          : Optional.empty();
    }
    if (value.isNumber()) {
      BigDecimal number = value.decimalValue();
      return number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS
          ? Optional.of(new Fault(pointer, "the number has too many digits"))
          : Optional.empty();
    }
    if (value.isContainerNode() && depth == 0) {
      return Optional.of(new Fault(pointer, "it is nested too deeply"));
    }
    int index = 0;
    for (JsonNode element : value.isArray() ? value : List.<JsonNode>of()) {
      Optional<Fault> fault = unfit(element, pointer + "/" + index++, depth - 1);
      if (fault.isPresent()) {
        return fault;
      }
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      Optional<Fault> fault =
          CONTROLS.matcher(member.getKey()).find()
              ? Optional.of(new Fault(pointer, "the name of a member has control characters"))
              : unfit(member.getValue(), pointer + "/" + member.getKey(), depth - 1);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }
}
