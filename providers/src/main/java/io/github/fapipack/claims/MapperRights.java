package io.github.fapipack.claims;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.protocol.ProtocolMapperUtils;
import org.keycloak.protocol.oidc.mappers.AbstractPairwiseSubMapper;
import org.keycloak.protocol.oidc.mappers.AcrProtocolMapper;
import org.keycloak.protocol.oidc.mappers.AddressMapper;
import org.keycloak.protocol.oidc.mappers.AllowedWebOriginsProtocolMapper;
import org.keycloak.protocol.oidc.mappers.AmrProtocolMapper;
import org.keycloak.protocol.oidc.mappers.AudienceResolveProtocolMapper;
import org.keycloak.protocol.oidc.mappers.FullNameMapper;
import org.keycloak.protocol.oidc.mappers.GroupMembershipMapper;
import org.keycloak.protocol.oidc.mappers.HardcodedClaim;
import org.keycloak.protocol.oidc.mappers.HardcodedRole;
import org.keycloak.protocol.oidc.mappers.NonceBackwardsCompatibleMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.protocol.oidc.mappers.RoleNameMapper;
import org.keycloak.protocol.oidc.mappers.SessionStateMapper;
import org.keycloak.protocol.oidc.mappers.SubMapper;
import org.keycloak.protocol.oidc.mappers.UserAttributeMapper;
import org.keycloak.protocol.oidc.mappers.UserClientRoleMappingMapper;
import org.keycloak.protocol.oidc.mappers.UserPropertyMapper;
import org.keycloak.protocol.oidc.mappers.UserRealmRoleMappingMapper;
import org.keycloak.protocol.oidc.mappers.UserSessionNoteMapper;
import org.keycloak.utils.JsonUtils;

/**
 * Which of the claims that rules and Keycloak determine a type of mapper may write. Keycloak itself
 * determines some of them by mappers; all other mappers may write none.
 *
 * @param decides the claims that it may write
 * @param known whether its code is known to write no other of these claims
 * @param named whether it is known to write only the configured claim
 */
record MapperRights(Set<String> decides, boolean known, boolean named) {

  /** The room of the pack's own mappers. */
  private static final String OWN = "io.github.fapipack.identity.";

  static final String REALM_ACCESS = "realm_access";
  static final String RESOURCE_ACCESS = "resource_access";
  static final String AUDIENCE = "aud";

  /** Where Keycloak puts roles. */
  static final Set<String> ROLES = Set.of(REALM_ACCESS, RESOURCE_ACCESS);

  /** The claim paths of roles in Keycloak's own scopes; each has a field for a list. */
  private static final Set<String> ROLE_PATHS =
      Set.of("realm_access.roles", "resource_access.${client_id}.roles");

  private static final MapperRights NONE = new MapperRights(Set.of(), false, false);

  /**
   * By the id of the mapper, because a replacement of one of Keycloak's mappers has the same task.
   */
  private static final Map<String, MapperRights> RIGHTS = new HashMap<>();

  static {
    fixed(SubMapper.PROVIDER_ID, "sub");
    fixed(AcrProtocolMapper.PROVIDER_ID, "acr");
    fixed(AmrProtocolMapper.PROVIDER_ID, "amr");
    fixed(AudienceResolveProtocolMapper.PROVIDER_ID, AUDIENCE);
    fixed(AllowedWebOriginsProtocolMapper.PROVIDER_ID, "allowed-origins");
    fixed(SessionStateMapper.PROVIDER_ID, "session_state");
    fixed(NonceBackwardsCompatibleMapper.PROVIDER_ID, "nonce");
    fixed(HardcodedRole.PROVIDER_ID, REALM_ACCESS, RESOURCE_ACCESS);
    fixed(RoleNameMapper.PROVIDER_ID, REALM_ACCESS, RESOURCE_ACCESS);
    fixed(FullNameMapper.PROVIDER_ID);
    fixed(AddressMapper.PROVIDER_ID);
    named(UserRealmRoleMappingMapper.PROVIDER_ID, REALM_ACCESS, RESOURCE_ACCESS);
    named(UserClientRoleMappingMapper.PROVIDER_ID, REALM_ACCESS, RESOURCE_ACCESS);
    named(UserAttributeMapper.PROVIDER_ID);
    named(UserPropertyMapper.PROVIDER_ID);
    named(UserSessionNoteMapper.PROVIDER_ID);
    named(HardcodedClaim.PROVIDER_ID);
    named(GroupMembershipMapper.PROVIDER_ID);
  }

  private static void fixed(String id, String... claims) {
    RIGHTS.put(id, new MapperRights(Set.of(claims), true, false));
  }

  private static void named(String id, String... claims) {
    RIGHTS.put(id, new MapperRights(Set.of(claims), false, true));
  }

  /** Whether a mapper is the pack's own, which keeps to its task. */
  static boolean isOwn(Object mapper) {
    return mapper.getClass().getName().startsWith(OWN);
  }

  static MapperRights of(ProtocolMapper mapper) {
    boolean original = mapper.getClass().getName().startsWith("org.keycloak.");
    if (mapper instanceof AbstractPairwiseSubMapper) {
      return new MapperRights(Set.of("sub"), original, false);
    }
    MapperRights rights = of(mapper.getId());
    return original ? rights : new MapperRights(rights.decides(), false, false);
  }

  private static MapperRights of(String id) {
    return RIGHTS.getOrDefault(id, NONE);
  }

  /** Whether a mapper writes only what it may, judging by its configuration alone. */
  boolean harmless(ProtocolMapperModel mapper) {
    String claim = claim(mapper);
    if (known || (named && isKeycloaksUse(mapper, claim))) {
      return true;
    }
    // With an escape or ${client_id}, the resulting name may differ.
    return named
        && (claim == null
            || (claim.indexOf('\\') < 0
                && claim.indexOf('$') < 0
                && !isDecided(claim.split("\\.", 2)[0])));
  }

  /** As in Keycloak's own scopes, which apply to every token. */
  private boolean isKeycloaksUse(ProtocolMapperModel mapper, String claim) {
    return decides.equals(ROLES)
        ? claim != null
            && ROLE_PATHS.contains(claim)
            && Boolean.parseBoolean(mapper.getConfig().get(ProtocolMapperUtils.MULTIVALUED))
        : "auth_time".equals(claim) && isKeycloaksNote(mapper, claim);
  }

  private static boolean isDecided(String name) {
    return DecidedMembers.include(name, false) || DecidedMembers.include(name, true);
  }

  /**
   * The claim that a mapper of one of Keycloak's types is configured to write although it may not;
   * empty if there is none. Mappers of other types must be run to find out.
   */
  static Optional<String> forbidden(ProtocolMapperModel mapper) {
    MapperRights rights = of(mapper.getProtocolMapper());
    String claim = claim(mapper);
    if (!rights.named() || claim == null) {
      return Optional.empty();
    }
    return JsonUtils.splitClaimPath(claim).stream()
        .findFirst()
        .filter(name -> !rights.decides().contains(name) && !isKeycloaksNote(mapper, name))
        .filter(
            name ->
                (DecidedMembers.include(name, false) && goesIntoTokens(mapper))
                    || (DecidedMembers.include(name, true)
                        && OIDCAttributeMapperHelper.includeInAccessTokenResponse(mapper)));
  }

  /** As in Keycloak's own scopes {@code basic} and {@code service_account}. */
  private static boolean isKeycloaksNote(ProtocolMapperModel mapper, String claim) {
    String note = mapper.getConfig().get(ProtocolMapperUtils.USER_SESSION_NOTE);
    return UserSessionNoteMapper.PROVIDER_ID.equals(mapper.getProtocolMapper())
        && (("auth_time".equals(claim) && "AUTH_TIME".equals(note))
            || ("client_id".equals(claim) && "client_id".equals(note)));
  }

  private static boolean goesIntoTokens(ProtocolMapperModel mapper) {
    return OIDCAttributeMapperHelper.includeInAccessToken(mapper)
        || OIDCAttributeMapperHelper.includeInLightweightAccessToken(mapper)
        || OIDCAttributeMapperHelper.includeInIDToken(mapper)
        || OIDCAttributeMapperHelper.includeInUserInfo(mapper)
        || OIDCAttributeMapperHelper.includeInIntrospection(mapper);
  }

  private static String claim(ProtocolMapperModel mapper) {
    return mapper.getConfig() == null
        ? null
        : mapper.getConfig().get(OIDCAttributeMapperHelper.TOKEN_CLAIM_NAME);
  }
}
