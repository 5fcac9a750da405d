package io.github.fapipack.console;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RoleModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.mappers.AcrProtocolMapper;
import org.keycloak.protocol.oidc.mappers.AddressMapper;
import org.keycloak.protocol.oidc.mappers.AllowedWebOriginsProtocolMapper;
import org.keycloak.protocol.oidc.mappers.AmrProtocolMapper;
import org.keycloak.protocol.oidc.mappers.AudienceResolveProtocolMapper;
import org.keycloak.protocol.oidc.mappers.FullNameMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.protocol.oidc.mappers.SubMapper;
import org.keycloak.protocol.oidc.mappers.UserAttributeMapper;
import org.keycloak.protocol.oidc.mappers.UserClientRoleMappingMapper;
import org.keycloak.protocol.oidc.mappers.UserPropertyMapper;
import org.keycloak.protocol.oidc.mappers.UserRealmRoleMappingMapper;
import org.keycloak.protocol.oidc.mappers.UserSessionNoteMapper;

/**
 * What every access token of a console gets through its default scopes: their mappers and roles,
 * whatever the scopes are called. Optional scopes are checked in the token.
 */
final class ConsoleScopes {

  /** Mappers that write what Keycloak has determined, each into a fixed claim. */
  private static final Set<String> KEYCLOAK_MAPPERS =
      Set.of(
          SubMapper.PROVIDER_ID,
          AcrProtocolMapper.PROVIDER_ID,
          AmrProtocolMapper.PROVIDER_ID,
          FullNameMapper.PROVIDER_ID,
          AddressMapper.PROVIDER_ID,
          AllowedWebOriginsProtocolMapper.PROVIDER_ID,
          AudienceResolveProtocolMapper.PROVIDER_ID);

  /** Mappers that can write any claim, with the claims that they write in Keycloak's own scopes. */
  private static final Map<String, Set<String>> CLAIMS =
      Map.of(
          UserAttributeMapper.PROVIDER_ID, ConsoleToken.ABOUT_THE_USER,
          UserPropertyMapper.PROVIDER_ID, ConsoleToken.ABOUT_THE_USER,
          UserSessionNoteMapper.PROVIDER_ID, Set.of("auth_time"),
          UserRealmRoleMappingMapper.PROVIDER_ID, Set.of("realm_access.roles"),
          UserClientRoleMappingMapper.PROVIDER_ID, Set.of("resource_access.${client_id}.roles"));

  private ConsoleScopes() {}

  /** Whether the scopes contain only what Keycloak gives to its consoles. */
  static boolean arePlain(ClientModel console) {
    boolean lightweight =
        Boolean.parseBoolean(console.getAttribute(Constants.USE_LIGHTWEIGHT_ACCESS_TOKEN_ENABLED));
    return console.getClientScopes(true).values().stream()
        .filter(scope -> OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol()))
        .allMatch(
            scope ->
                scope
                        .getProtocolMappersStream()
                        .allMatch(mapper -> !writes(mapper, lightweight) || isPlain(mapper))
                    && scope.getScopeMappingsStream().allMatch(ConsoleScopes::isOfAccount));
  }

  private static boolean writes(ProtocolMapperModel mapper, boolean lightweight) {
    Map<String, String> config = mapper.getConfig();
    return Boolean.parseBoolean(
        lightweight
            ? config.get(OIDCAttributeMapperHelper.INCLUDE_IN_LIGHTWEIGHT_ACCESS_TOKEN)
            : config.getOrDefault(OIDCAttributeMapperHelper.INCLUDE_IN_ACCESS_TOKEN, "true"));
  }

  private static boolean isPlain(ProtocolMapperModel mapper) {
    String type = mapper.getProtocolMapper();
    String claim = mapper.getConfig().get(OIDCAttributeMapperHelper.TOKEN_CLAIM_NAME);
    return KEYCLOAK_MAPPERS.contains(type)
        || (claim != null && CLAIMS.getOrDefault(type, Set.of()).contains(claim));
  }

  /** Whether a role, including its composites, consists of Keycloak's own account roles. */
  static boolean isOfAccount(RoleModel role) {
    Set<String> seen = new HashSet<>();
    return all(role, seen)
        .allMatch(
            each ->
                each.getContainer() instanceof ClientModel owner
                    && Constants.ACCOUNT_MANAGEMENT_CLIENT_ID.equals(owner.getClientId())
                    && ConsoleToken.ACCOUNT_ROLES.contains(each.getName()));
  }

  private static Stream<RoleModel> all(RoleModel role, Set<String> seen) {
    return seen.add(role.getId())
        ? Stream.concat(
            Stream.of(role), role.getCompositesStream().flatMap(part -> all(part, seen)))
        : Stream.empty();
  }
}
