package io.github.fapipack.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.keycloak.authorization.AuthorizationProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.ModelToRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;

/**
 * A client with the fields that Keycloak shows to somebody who may edit it, except its secret.
 * Fields that cost an additional query are read only on access, because the doctor reads thousands
 * of clients.
 */
public final class StoredClient extends ClientRepresentation {

  private final ClientModel client;
  private final KeycloakSession session;

  public StoredClient(ClientModel client, KeycloakSession session) {
    this.client = client;
    this.session = session;
    setId(client.getId());
    setClientId(client.getClientId());
    setName(client.getName());
    setDescription(client.getDescription());
    setProtocol(client.getProtocol());
    setEnabled(client.isEnabled());
    setPublicClient(client.isPublicClient());
    setBearerOnly(client.isBearerOnly());
    setClientAuthenticatorType(client.getClientAuthenticatorType());
    setStandardFlowEnabled(client.isStandardFlowEnabled());
    setImplicitFlowEnabled(client.isImplicitFlowEnabled());
    setDirectAccessGrantsEnabled(client.isDirectAccessGrantsEnabled());
    setServiceAccountsEnabled(client.isServiceAccountsEnabled());
    setConsentRequired(client.isConsentRequired());
    setFullScopeAllowed(client.isFullScopeAllowed());
    setFrontchannelLogout(client.isFrontchannelLogout());
    setRootUrl(client.getRootUrl());
    setBaseUrl(client.getBaseUrl());
    setAdminUrl(client.getManagementUrl());
    setRedirectUris(new ArrayList<>(client.getRedirectUris()));
    setWebOrigins(new ArrayList<>(client.getWebOrigins()));
    setAttributes(new HashMap<>(client.getAttributes()));
  }

  @Override
  public List<String> getDefaultClientScopes() {
    if (super.getDefaultClientScopes() == null) {
      setDefaultClientScopes(new ArrayList<>(client.getClientScopes(true).keySet()));
    }
    return super.getDefaultClientScopes();
  }

  @Override
  public List<String> getOptionalClientScopes() {
    if (super.getOptionalClientScopes() == null) {
      setOptionalClientScopes(new ArrayList<>(client.getClientScopes(false).keySet()));
    }
    return super.getOptionalClientScopes();
  }

  @Override
  public List<ProtocolMapperRepresentation> getProtocolMappers() {
    if (super.getProtocolMappers() == null) {
      setProtocolMappers(
          client.getProtocolMappersStream().map(ModelToRepresentation::toRepresentation).toList());
    }
    return super.getProtocolMappers();
  }

  /** Only a client with a service account can have authorization services. */
  @Override
  public Boolean getAuthorizationServicesEnabled() {
    if (super.getAuthorizationServicesEnabled() == null && client.isServiceAccountsEnabled()) {
      setAuthorizationServicesEnabled(
          session
                  .getProvider(AuthorizationProvider.class)
                  .getStoreFactory()
                  .getResourceServerStore()
                  .findByClient(client)
              != null);
    }
    return super.getAuthorizationServicesEnabled();
  }
}
