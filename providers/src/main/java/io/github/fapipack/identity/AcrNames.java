package io.github.fapipack.identity;

import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.request.DemandedLevel;
import io.github.fapipack.request.EssentialAcr;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.AcrUtils;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The {@code acr} value that names a level: one that was asked for and that the level reaches, else
 * the highest that it reaches, else its number.
 */
final class AcrNames {

  private AcrNames() {}

  /** The value for a login in the browser. */
  static String of(KeycloakSession session, AuthenticationSessionModel login) {
    String claims = login.getClientNote(OIDCLoginProtocol.CLAIMS_PARAM);
    ClientModel client = login.getClient();
    return name(
        client,
        DemandedLevel.reached(session, login),
        AcrUtils.getRequiredAcrValues(claims),
        AcrUtils.getAcrValues(claims, login.getClientNote(OIDCLoginProtocol.ACR_PARAM), client));
  }

  /**
   * The value for a login on the user's device.
   *
   * @param acrValues the values that were asked for, separated by spaces, or null
   */
  static String onDevice(ClientModel client, String acrValues) {
    int level = deviceLevel(client.getRealm());
    List<String> asked = acrValues == null ? List.of() : Arrays.asList(acrValues.split(" "));
    return name(client, level, List.of(), asked);
  }

  private static int deviceLevel(RealmModel realm) {
    return EcosystemProfiles.of(realm)
        .inUse()
        .map(profile -> profile.authentication().deviceLevel())
        .orElse(1);
  }

  /** Whether a login on the user's device can have one of these values; true for no values. */
  static boolean isReachableOnDevice(ClientModel client, Collection<String> anyOf) {
    return anyOf.isEmpty()
        || anyOf.stream()
            .flatMapToInt(acr -> EssentialAcr.level(client, acr).stream())
            .anyMatch(level -> level <= deviceLevel(client.getRealm()));
  }

  private static String name(
      ClientModel client, int level, List<String> essential, List<String> voluntary) {
    Map<String, Integer> levels = EssentialAcr.levels(client);
    return Stream.<Collection<String>>of(essential, voluntary, levels.keySet())
        .map(values -> highest(client, level, values))
        .filter(name -> name != null)
        .findFirst()
        .orElse(String.valueOf(level));
  }

  private static String highest(ClientModel client, int level, Collection<String> values) {
    Map<String, Integer> levels = EssentialAcr.levels(client);
    List<String> known =
        values.stream().filter(value -> EssentialAcr.level(client, value).isPresent()).toList();
    return AcrUtils.mapLoaToAcr(level, levels, known);
  }
}
