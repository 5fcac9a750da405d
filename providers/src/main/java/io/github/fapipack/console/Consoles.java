package io.github.fapipack.console;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.common.util.Encode;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.mappers.AudienceResolveProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.protocol.oidc.mappers.UserAttributeMapper;

/**
 * Keycloak's account and admin console of a realm, and whether they have Keycloak's own settings.
 */
public final class Consoles {

  /** The redirect URI of each console that may be exempted; %s stands for the realm's name. */
  private static final Map<String, String> REDIRECT_URIS =
      Map.of(
          Constants.ACCOUNT_CONSOLE_CLIENT_ID, "/realms/%s/account/*",
          Constants.ADMIN_CONSOLE_CLIENT_ID, "/admin/%s/console/*");

  /** The scopes that Keycloak itself gives to its consoles, in some versions or realms. */
  private static final Set<String> BUILT_IN_SCOPES =
      Set.of(
          "basic",
          "acr",
          "roles",
          "web-origins",
          "profile",
          "email",
          "address",
          "phone",
          "offline_access",
          "microprofile-jwt",
          "organization");

  /** The claims from which the consoles know language and name of their user. */
  private static final Set<String> CLAIMS_ABOUT_THE_USER =
      Set.of("locale", "preferred_username", "given_name", "family_name");

  /** The consoles that may be exempted from the rules, by {@code client_id}. */
  public static final Set<String> CLIENT_IDS = REDIRECT_URIS.keySet();

  private Consoles() {}

  /** Whether a client is one of the consoles that may be exempted. */
  public static boolean is(ClientModel client) {
    return REDIRECT_URIS.containsKey(client.getClientId());
  }

  /** Whether a console still has Keycloak's own settings, so that it may be exempted. */
  public static boolean areUntouched(ClientModel client) {
    String redirectUri =
        String.format(
            REDIRECT_URIS.get(client.getClientId()),
            Encode.encodePathAsIs(client.getRealm().getName()));
    String rootUrl =
        client.getClientId().equals(Constants.ADMIN_CONSOLE_CLIENT_ID)
            ? Constants.AUTH_ADMIN_URL_PROP
            : Constants.AUTH_BASE_URL_PROP;
    return client.getRedirectUris().equals(Set.of(redirectUri))
        && rootUrl.equals(client.getRootUrl())
        && Set.of(Constants.INCLUDE_REDIRECTS).containsAll(client.getWebOrigins())
        && "S256".equals(client.getAttribute(OIDCConfigAttributes.PKCE_CODE_CHALLENGE_METHOD))
        && usesCodeFlowOnly(client)
        && isOnlyForItsConsole(client);
  }

  /**
   * Whether the tokens can only be used at the console: an unbound token must not contain anything
   * on which another resource server would act.
   */
  private static boolean isOnlyForItsConsole(ClientModel client) {
    boolean admin = client.getClientId().equals(Constants.ADMIN_CONSOLE_CLIENT_ID);
    boolean scopes =
        Stream.of(true, false)
            .flatMap(byDefault -> client.getClientScopes(byDefault).keySet().stream())
            .allMatch(BUILT_IN_SCOPES::contains);
    boolean mappers =
        client
            .getProtocolMappersStream()
            .allMatch(mapper -> isAboutTheUser(mapper) || (!admin && isAudienceResolver(mapper)));
    // The admin console has every role in its scope, but its lightweight tokens contain none.
    boolean roles =
        admin
            ? isOn(client, Constants.USE_LIGHTWEIGHT_ACCESS_TOKEN_ENABLED)
            : !client.isFullScopeAllowed()
                && client.getScopeMappingsStream().allMatch(ConsoleScopes::isOfAccount);
    return scopes && mappers && roles && ConsoleScopes.arePlain(client);
  }

  private static boolean isAboutTheUser(ProtocolMapperModel mapper) {
    return UserAttributeMapper.PROVIDER_ID.equals(mapper.getProtocolMapper())
        && CLAIMS_ABOUT_THE_USER.contains(
            mapper.getConfig().get(OIDCAttributeMapperHelper.TOKEN_CLAIM_NAME));
  }

  private static boolean isAudienceResolver(ProtocolMapperModel mapper) {
    return AudienceResolveProtocolMapper.PROVIDER_ID.equals(mapper.getProtocolMapper());
  }

  private static boolean usesCodeFlowOnly(ClientModel client) {
    return client.isPublicClient()
        && OIDCLoginProtocol.LOGIN_PROTOCOL.equals(client.getProtocol())
        && !client.isImplicitFlowEnabled()
        && !client.isDirectAccessGrantsEnabled()
        && !client.isServiceAccountsEnabled()
        && !isOn(client, "oauth2.device.authorization.grant.enabled")
        && !isOn(client, "oidc.ciba.grant.enabled")
        && !isOn(client, OIDCConfigAttributes.STANDARD_TOKEN_EXCHANGE_ENABLED);
  }

  private static boolean isOn(ClientModel client, String attribute) {
    return Boolean.parseBoolean(client.getAttribute(attribute));
  }
}
