package io.github.fapipack.registration;

import io.github.fapipack.certificate.CertificateMember;
import io.github.fapipack.client.SigningMetadata;
import io.github.fapipack.keys.SelfSignedCertificate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.authentication.authenticators.client.JWTClientAuthenticator;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.OAuth2DeviceConfig;
import org.keycloak.models.ParConfig;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.services.util.CertificateInfoHelper;

/**
 * What a client may register about itself: the client metadata of the specifications (RFC 7591,
 * OpenID Connect Registration and its logout specifications, RFC 8705, 9126, 9396, 9449 and 9701,
 * JARM, CIBA), by their names in Keycloak's client representation. Only administrators may set
 * anything else.
 */
final class ListedMembers {

  /** Members of the representation; scopes, attributes and the client_id are checked separately. */
  private static final Set<String> MEMBERS =
      Set.of(
          "name", // client_name
          "baseUrl", // client_uri
          "redirectUris",
          "clientAuthenticatorType", // token_endpoint_auth_method
          "publicClient", // token_endpoint_auth_method none
          "standardFlowEnabled", // response_types, grant_types
          "implicitFlowEnabled",
          "directAccessGrantsEnabled",
          "frontchannelLogout",
          "registrationAccessToken"); // part of each response and never read

  private static final Set<String> ATTRIBUTES = attributes();

  /** Metadata of the specifications that Keycloak stores under another name. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("clientId", "client_id"),
          Map.entry("name", "client_name"),
          Map.entry("baseUrl", "client_uri"),
          Map.entry(ClientModel.LOGO_URI, "logo_uri"),
          Map.entry(ClientModel.POLICY_URI, "policy_uri"),
          Map.entry(ClientModel.TOS_URI, "tos_uri"),
          Map.entry("redirectUris", "redirect_uris"),
          Map.entry("serviceAccountsEnabled", "grant_types (client_credentials)"),
          Map.entry("authorizationServicesEnabled", "grant_types (uma-ticket)"),
          Map.entry(
              OIDCConfigAttributes.STANDARD_TOKEN_EXCHANGE_ENABLED, "grant_types (token-exchange)"),
          Map.entry(
              OIDCConfigAttributes.JWT_AUTHORIZATION_GRANT_ENABLED, "grant_types (jwt-bearer)"),
          Map.entry("optionalClientScopes", "scope"),
          Map.entry("defaultClientScopes", "scope"),
          // The only mapper that a registration in that format can affect.
          Map.entry("protocolMappers", "subject_type or sector_identifier_uri"));

  private ListedMembers() {}

  static boolean hasMember(String name) {
    return MEMBERS.contains(name);
  }

  static boolean hasAttribute(String name) {
    return ATTRIBUTES.contains(name);
  }

  /** The name of a member in the format of the registration. */
  static String name(String member, boolean openIdConnect) {
    return openIdConnect ? NAMES.getOrDefault(member, member) : member;
  }

  private static Set<String> attributes() {
    Set<String> names = new HashSet<>();
    names.addAll(SigningMetadata.STRINGS);
    names.addAll(SigningMetadata.ARRAYS);
    CertificateMember.ALTERNATIVE_NAMES.forEach(member -> names.add(member.attribute()));
    names.add(SelfSignedCertificate.ATTRIBUTE); // token_endpoint_auth_method
    names.addAll(
        List.of(
            // keys and client authentication
            OIDCConfigAttributes.JWKS_STRING,
            OIDCConfigAttributes.USE_JWKS_STRING,
            OIDCConfigAttributes.JWKS_URL,
            OIDCConfigAttributes.USE_JWKS_URL,
            JWTClientAuthenticator.ATTR_PREFIX + "." + CertificateInfoHelper.X509CERTIFICATE,
            JWTClientAuthenticator.ATTR_PREFIX + "." + CertificateInfoHelper.PUBLIC_KEY,
            JWTClientAuthenticator.ATTR_PREFIX + "." + CertificateInfoHelper.KID,
            OIDCConfigAttributes.TOKEN_ENDPOINT_AUTH_SIGNING_ALG,
            X509ClientAuthenticator.ATTR_SUBJECT_DN,
            OIDCConfigAttributes.USE_MTLS_HOK_TOKEN,
            OIDCConfigAttributes.DPOP_BOUND_ACCESS_TOKENS,
            // requests
            OIDCConfigAttributes.REQUEST_OBJECT_SIGNATURE_ALG,
            OIDCConfigAttributes.REQUEST_OBJECT_ENCRYPTION_ALG,
            OIDCConfigAttributes.REQUEST_OBJECT_ENCRYPTION_ENC,
            OIDCConfigAttributes.REQUEST_URIS,
            ParConfig.REQUIRE_PUSHED_AUTHORIZATION_REQUESTS,
            Constants.DEFAULT_ACR_VALUES,
            // responses
            OIDCConfigAttributes.ID_TOKEN_SIGNED_RESPONSE_ALG,
            OIDCConfigAttributes.ID_TOKEN_ENCRYPTED_RESPONSE_ALG,
            OIDCConfigAttributes.ID_TOKEN_ENCRYPTED_RESPONSE_ENC,
            OIDCConfigAttributes.USER_INFO_RESPONSE_SIGNATURE_ALG,
            OIDCConfigAttributes.USER_INFO_ENCRYPTED_RESPONSE_ALG,
            OIDCConfigAttributes.USER_INFO_ENCRYPTED_RESPONSE_ENC,
            OIDCConfigAttributes.AUTHORIZATION_SIGNED_RESPONSE_ALG,
            OIDCConfigAttributes.AUTHORIZATION_ENCRYPTED_RESPONSE_ALG,
            OIDCConfigAttributes.AUTHORIZATION_ENCRYPTED_RESPONSE_ENC,
            OIDCConfigAttributes.SECTOR_IDENTIFIER_URI,
            // grants
            OIDCConfigAttributes.USE_REFRESH_TOKEN,
            OAuth2DeviceConfig.OAUTH2_DEVICE_AUTHORIZATION_GRANT_ENABLED,
            CibaConfig.OIDC_CIBA_GRANT_ENABLED,
            CibaConfig.CIBA_BACKCHANNEL_TOKEN_DELIVERY_MODE_PER_CLIENT,
            CibaConfig.CIBA_BACKCHANNEL_CLIENT_NOTIFICATION_ENDPOINT,
            CibaConfig.CIBA_BACKCHANNEL_AUTH_REQUEST_SIGNING_ALG,
            // logout
            OIDCConfigAttributes.POST_LOGOUT_REDIRECT_URIS,
            OIDCConfigAttributes.BACKCHANNEL_LOGOUT_URL,
            OIDCConfigAttributes.BACKCHANNEL_LOGOUT_SESSION_REQUIRED,
            OIDCConfigAttributes.BACKCHANNEL_LOGOUT_REVOKE_OFFLINE_TOKENS,
            OIDCConfigAttributes.FRONT_CHANNEL_LOGOUT_URI,
            OIDCConfigAttributes.FRONT_CHANNEL_LOGOUT_SESSION_REQUIRED,
            // links
            ClientModel.LOGO_URI,
            ClientModel.POLICY_URI,
            ClientModel.TOS_URI));
    return Set.copyOf(names);
  }
}
