package io.github.fapipack.metadata;

import io.github.fapipack.authentication.RequireAsymmetricClientAuthentication;
import io.github.fapipack.authorization.RequireCodeResponseType;
import io.github.fapipack.authorization.RequirePkce;
import io.github.fapipack.authorization.RequirePushedAuthorizationRequest;
import io.github.fapipack.ciba.RestrictTokenDeliveryMode;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.ecosystem.RegistrationRules;
import io.github.fapipack.fapi1.RequirePkceWhenPushed;
import io.github.fapipack.fapi1.RestrictFrontChannel;
import io.github.fapipack.fapi1.RestrictResponseType;
import io.github.fapipack.grantmanagement.GrantMetadata;
import io.github.fapipack.keys.SelfSignedCertificate;
import io.github.fapipack.rar.AuthorizationDetailsTypes;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.token.RejectPasswordGrant;
import io.github.fapipack.token.RestrictGrantTypes;
import io.github.fapipack.trust.RegistrationAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.ClientAuthenticator;
import org.keycloak.authentication.ClientAuthenticatorFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.representations.OIDCConfigurationRepresentation;
import org.keycloak.util.JsonSerialization;
import org.keycloak.wellknown.WellKnownProvider;

/**
 * Metadata about what a realm allows under the pack's rules: Keycloak's own document lists
 * everything that the server supports. A realm without rules keeps Keycloak's document.
 */
@Clause({
  "FAPI2-SP 5.3.2.1-1",
  "RFC9126 5-2",
  "RFC9207 2.3-3",
  "RFC9449 5.1-1",
  "CIBA 4-1",
  "FAPI1-BASE 5.2.2-22",
  "RFC9396 10-1"
})
final class RealmMetadata implements WellKnownProvider {

  private final KeycloakSession session;
  private final WellKnownProvider original;
  private final Map<String, Object> override;

  RealmMetadata(KeycloakSession session, WellKnownProvider original, Map<String, Object> override) {
    this.session = session;
    this.original = original;
    this.override = override;
  }

  @Override
  public Object getConfig() {
    Object document = original.getConfig();
    RealmRules rules = RealmRules.of(session);
    if (rules.isEmpty() || !(document instanceof OIDCConfigurationRepresentation metadata)) {
      return document;
    }
    describeRequests(metadata, rules);
    EcosystemMetadata.describe(metadata, session);
    // Keycloak lists its own types, which are not supported in realms with rules.
    metadata.setAuthorizationDetailsTypesSupported(AuthorizationDetailsTypes.of(session).ids());
    describeGrants(metadata, rules);
    describeClientAuthentication(metadata, rules);
    describeRegistration(metadata);
    SupportedAlgorithms.describe(metadata, session, rules);
    MtlsAliases.describe(metadata, session);
    SignedMessages.describe(metadata, session, rules);
    GrantMetadata.describe(metadata, session);
    return overridden(metadata);
  }

  /** In a realm with an ecosystem, software registers with a statement of the directory. */
  private void describeRegistration(OIDCConfigurationRepresentation metadata) {
    EcosystemProfiles ecosystem = EcosystemProfiles.of(session);
    if (ecosystem.isNamed()) {
      metadata.setRegistrationEndpoint(
          ecosystem
              .inUse()
              .filter(profile -> profile.registration().mode() != RegistrationRules.Mode.CLOSED)
              .map(profile -> RegistrationAddress.of(session))
              .orElse(null));
    }
  }

  private static void describeRequests(OIDCConfigurationRepresentation metadata, RealmRules rules) {
    if (rules.enforce(RequirePushedAuthorizationRequest.class)) {
      metadata.setRequirePushedAuthorizationRequests(true);
    }
    if (rules.enforce(RequirePushedAuthorizationRequest.class)
        || rules.enforce(RestrictFrontChannel.class)) {
      // Only a request_uri from PAR is accepted, to which this member does not refer (RFC 9126 5).
      metadata.setRequestUriParameterSupported(false);
      metadata.setRequireRequestUriRegistration(null);
    }
    if (rules.enforce(RequireCodeResponseType.class)) {
      metadata.setResponseTypesSupported(List.of(OAuth2Constants.CODE));
    }
    if (rules.enforce(RestrictResponseType.class)) {
      metadata.setResponseTypesSupported(RestrictResponseType.TYPES);
      metadata.setResponseModesSupported(RestrictResponseType.MODES);
    }
    if (rules.enforce(RequirePkce.class) || rules.enforce(RequirePkceWhenPushed.class)) {
      metadata.setCodeChallengeMethodsSupported(List.of(OAuth2Constants.PKCE_METHOD_S256));
    }
  }

  private void describeGrants(OIDCConfigurationRepresentation metadata, RealmRules rules) {
    List<String> grants = new ArrayList<>(metadata.getGrantTypesSupported());
    rules
        .settings(session, RestrictGrantTypes.class)
        .ifPresent(settings -> grants.retainAll(settings.grantTypes()));
    if (rules.enforce(RequireCodeResponseType.class) || rules.enforce(RestrictResponseType.class)) {
      grants.remove(OAuth2Constants.IMPLICIT);
    }
    if (rules.enforce(RejectPasswordGrant.class)) {
      grants.remove(OAuth2Constants.PASSWORD);
    }
    metadata.setGrantTypesSupported(grants);
    if (!grants.contains(OAuth2Constants.DEVICE_CODE_GRANT_TYPE)) {
      metadata.setDeviceAuthorizationEndpoint(null);
    }
    if (!grants.contains(OAuth2Constants.CIBA_GRANT_TYPE)) {
      metadata.setBackchannelAuthenticationEndpoint(null);
      metadata.setBackchannelTokenDeliveryModesSupported(null);
      metadata.setBackchannelAuthenticationRequestSigningAlgValuesSupported(null);
    } else {
      rules
          .settings(session, RestrictTokenDeliveryMode.class)
          .map(RestrictTokenDeliveryMode.Modes::modes)
          .ifPresent(metadata::setBackchannelTokenDeliveryModesSupported);
    }
  }

  private void describeClientAuthentication(
      OIDCConfigurationRepresentation metadata, RealmRules rules) {
    Optional<List<String>> methods =
        rules
            .settings(session, RequireAsymmetricClientAuthentication.class)
            .map(settings -> settings.methods().stream().flatMap(this::protocolNames).toList())
            // If no rule restricts it, Keycloak's own list has values that only work with a rule.
            .or(
                () ->
                    Optional.of(metadata.getTokenEndpointAuthMethodsSupported().stream())
                        .map(names -> names.filter(n -> !SelfSignedCertificate.METHOD.equals(n)))
                        .map(Stream::toList));
    if (methods.isPresent()) {
      metadata.setTokenEndpointAuthMethodsSupported(methods.get());
      metadata.setIntrospectionEndpointAuthMethodsSupported(methods.get());
      metadata.setRevocationEndpointAuthMethodsSupported(methods.get());
    }
    metadata.setClientAttestationSigningAlgValuesSupported(null);
    metadata.setClientAttestationPopSigningAlgValuesSupported(null);
  }

  private Stream<String> protocolNames(String authenticator) {
    if (SelfSignedCertificate.METHOD.equals(authenticator)) {
      return SelfSignedCertificate.canReach(session)
          ? Stream.of(SelfSignedCertificate.METHOD)
          : Stream.empty();
    }
    return session
                .getKeycloakSessionFactory()
                .getProviderFactory(ClientAuthenticator.class, authenticator)
            instanceof ClientAuthenticatorFactory factory
        ? factory.getProtocolAuthenticatorMethods(OIDCLoginProtocol.LOGIN_PROTOCOL).stream()
            .filter(name -> !SelfSignedCertificate.METHOD.equals(name))
            .sorted()
        : Stream.empty();
  }

  private Object overridden(OIDCConfigurationRepresentation metadata) {
    if (override == null) {
      return metadata;
    }
    @SuppressWarnings("unchecked") // a JSON object
    Map<String, Object> members = JsonSerialization.mapper.convertValue(metadata, Map.class);
    members.putAll(override);
    return members;
  }

  @Override
  public void close() {
    original.close();
  }
}
