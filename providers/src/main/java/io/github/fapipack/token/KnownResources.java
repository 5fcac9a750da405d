package io.github.fapipack.token;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.common.Profile;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.resourceindicators.ResourceIndicatorConstants;

/**
 * The resources that a realm knows: those of the rule's list and, with Keycloak's experimental
 * feature on, those of its clients, by URL or by name.
 *
 * @param listed the rule's list
 */
record KnownResources(RealmModel realm, List<String> listed) {

  /** Whether the realm has any resources; if not, the parameter is ignored. */
  boolean areAny() {
    return !listed.isEmpty() || isFeature();
  }

  boolean have(String resource) {
    return listed.contains(resource) || client(resource).isPresent();
  }

  /**
   * The audience for a resource.
   *
   * @param before the audience of the token without the parameter; as with Keycloak's own feature,
   *     only clients among these can be selected
   */
  Optional<String> audience(String resource, String[] before) {
    if (listed.contains(resource)) {
      return Optional.of(resource);
    }
    return client(resource)
        .map(ClientModel::getClientId)
        .filter(id -> before != null && Arrays.asList(before).contains(id))
        .map(id -> isUrn(resource) ? id : resource);
  }

  private Optional<ClientModel> client(String resource) {
    if (!isFeature()) {
      return Optional.empty();
    }
    if (isUrn(resource)) {
      return Optional.ofNullable(
          realm.getClientByClientId(
              resource.substring(ResourceIndicatorConstants.URN_CLIENT_PREFIX.length())));
    }
    String attribute = ResourceIndicatorConstants.CLIENT_RESOURCE_URL_ATTRIBUTE;
    return realm
        .searchClientByAttributes(Map.of(attribute, resource), 0, 10)
        .filter(client -> resource.equals(client.getAttribute(attribute)))
        .findFirst();
  }

  private static boolean isUrn(String resource) {
    return resource.startsWith(ResourceIndicatorConstants.URN_CLIENT_PREFIX);
  }

  private static boolean isFeature() {
    return Profile.isFeatureEnabled(Profile.Feature.RESOURCE_INDICATORS);
  }
}
