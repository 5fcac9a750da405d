package io.github.fapipack.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import java.util.Collection;
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

  /**
   * The lowest level at which a login of the client has one of the values; empty if no login can.
   */
  public static OptionalInt lowest(ClientModel client, Collection<String> anyOf) {
    return anyOf.stream()
        .filter(acr -> isReachable(client, acr))
        .flatMapToInt(acr -> level(client, acr).stream())
        .min();
  }

  /**
   * The level of each value. In an ecosystem that defines values, only the realm says what they
   * mean, so that a client's setting cannot give a value to a weaker login.
   */
  public static Map<String, Integer> levels(ClientModel client) {
    return definesValues(client.getRealm())
        ? AcrUtils.getAcrLoaMap(client.getRealm())
        : AcrUtils.getAcrLoaMap(client);
  }

  /** Whether the realm's ecosystem says which values there are. */
  public static boolean definesValues(RealmModel realm) {
    return EcosystemProfiles.of(realm)
        .inUse()
        .filter(profile -> !profile.authentication().acr().isEmpty())
        .isPresent();
  }

  /** The level of a value; Keycloak also knows levels by their number. */
  public static OptionalInt level(ClientModel client, String acr) {
    Integer known = levels(client).get(acr);
    if (known != null) {
      return OptionalInt.of(known);
    }
    if (definesValues(client.getRealm())) {
      return OptionalInt.empty();
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
