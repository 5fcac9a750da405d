package io.github.fapipack.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.keycloak.authentication.authenticators.util.LoAUtil;
import org.keycloak.models.AuthenticationFlowBindings;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.utils.AcrUtils;

/**
 * Whether a realm's login can fulfil an essential {@code acr} of a client: the value is mapped to a
 * level, and the client's login flow reaches that level.
 */
public final class EssentialAcr {

  /** The level that a login flow without levels reaches. */
  private static final int ONLY_LEVEL = 1;

  private EssentialAcr() {}

  /** The values of which the login must have one; empty if the request does not require a value. */
  public static List<String> demanded(JsonNode claims) {
    JsonNode acr = claims.path("id_token").path("acr");
    if (!acr.path("essential").asBoolean()) {
      return List.of();
    }
    return Stream.concat(
            Stream.of(acr.path("value")),
            StreamSupport.stream(acr.path("values").spliterator(), false))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .toList();
  }

  /** Whether a login of the client can have that value. */
  public static boolean isReachable(ClientModel client, String acr) {
    OptionalInt level = level(client, acr);
    return level.isPresent() && level.getAsInt() <= highest(client);
  }

  private static OptionalInt level(ClientModel client, String acr) {
    Map<String, Integer> levels = AcrUtils.getAcrLoaMap(client);
    if (levels.get(acr) != null) {
      return OptionalInt.of(levels.get(acr));
    }
    try {
      return OptionalInt.of(Integer.parseInt(acr));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  private static int highest(ClientModel client) {
    RealmModel realm = client.getRealm();
    String flow =
        Optional.ofNullable(
                client.getAuthenticationFlowBindingOverride(
                    AuthenticationFlowBindings.BROWSER_BINDING))
            .orElseGet(() -> realm.getBrowserFlow().getId());
    return LoAUtil.getLoaMaxAgesConfiguredInRealmFlow(realm, flow).keySet().stream()
        .mapToInt(Integer::intValue)
        .max()
        .orElse(Math.max(ONLY_LEVEL, Constants.MINIMUM_LOA));
  }
}
