package io.github.fapipack.rar;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * What a type of authorization details demands of the login in which a user approves an object, in
 * the member {@code acr} of its settings: an {@code acr} value for every object, or for those with
 * an amount above a limit.
 */
public final class AcrDemands {

  private AcrDemands() {}

  /**
   * One demand.
   *
   * @param values of these the login must have one
   * @param above for objects above a limit only; empty for all objects
   */
  public record Demand(List<String> values, Optional<Above> above) {

    public Demand {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException(TypeSettings.MEMBER + ".acr needs values");
      }
    }

    boolean appliesTo(JsonNode detail) {
      return above.isEmpty() || above.get().isExceeded(detail);
    }
  }

  /**
   * A limit for an amount.
   *
   * @param amount where an object has the amount, a number or a text with a decimal number
   * @param currency where it has the currency
   * @param limits the limit for each currency; any amount in another currency is above it
   */
  public record Above(JsonPointer amount, JsonPointer currency, Map<String, BigDecimal> limits) {

    public Above {
      limits = Map.copyOf(limits);
    }

    /** What cannot be compared counts as above the limit. */
    boolean isExceeded(JsonNode detail) {
      BigDecimal limit = limits.get(detail.at(currency).asText());
      if (limit == null) {
        return true;
      }
      try {
        return new BigDecimal(detail.at(amount).asText()).compareTo(limit) > 0;
      } catch (NumberFormatException e) {
        return true;
      }
    }
  }

  /** What the types of these objects demand; the login must meet each demand. */
  public static List<List<String>> of(KeycloakSession session, List<ObjectNode> details) {
    AuthorizationDetailsTypes types = AuthorizationDetailsTypes.of(session);
    return details.stream()
        .flatMap(
            detail ->
                types.find(detail.path("type").asText()).stream()
                    .flatMap(type -> type.settings().acr().stream())
                    .filter(demand -> demand.appliesTo(detail)))
        .map(Demand::values)
        .distinct()
        .toList();
  }
}
