package io.github.fapipack.scheme;

import io.github.fapipack.authority.Use;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.managers.ClientManager;
import org.keycloak.services.managers.RealmManager;

/**
 * The client that each software has in the directory's realm. With its certificate it gets access
 * tokens for the directory's API, and nothing else.
 */
public final class SoftwareClients {

  /** The scope of tokens for the directory's API. */
  public static final String SCOPE = "directory:software";

  private static final String SUBJECT = "x509.subjectdn";

  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "tls.client.certificate.bound.access.tokens", "true",
          "x509.allow.regex.pattern.comparison", "false",
          "standard.token.exchange.enabled", "false",
          "use.refresh.tokens", "false",
          "client_credentials.use_refresh_token", "false");

  private final Workplace at;

  SoftwareClients(Workplace at) {
    this.at = at;
  }

  /** Makes the client if there is none, and enables it as long as the software is active. */
  void follow(Software software, Organisation organisation) {
    ClientModel client = at.realm().getClientByClientId(software.id());
    if (client == null) {
      if (software.effective() != Standing.ACTIVE) {
        return;
      }
      client = create(software, organisation);
    }
    client.setEnabled(software.effective() == Standing.ACTIVE);
    client.setName(software.data().name());
  }

  /** The subject of the latest certificate is that of the client from now on. */
  void subject(Software software, Organisation organisation) {
    follow(software, organisation);
    ClientModel client = at.realm().getClientByClientId(software.id());
    if (client != null) {
      client.setAttribute(SUBJECT, subjectOf(software, organisation));
    }
  }

  /** Deletes the client. */
  static void remove(KeycloakSession session, ClientModel client) {
    new ClientManager(new RealmManager(session)).removeClient(client.getRealm(), client);
  }

  private String subjectOf(Software software, Organisation organisation) {
    X500Principal subject = at.template().subject(Use.TRANSPORT, organisation, software);
    return subject.getName(X500Principal.RFC2253);
  }

  private ClientModel create(Software software, Organisation organisation) {
    ClientRepresentation made = new ClientRepresentation();
    made.setClientId(software.id());
    made.setName(software.data().name());
    made.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
    made.setClientAuthenticatorType("client-x509");
    made.setPublicClient(false);
    made.setStandardFlowEnabled(false);
    made.setImplicitFlowEnabled(false);
    made.setDirectAccessGrantsEnabled(false);
    made.setServiceAccountsEnabled(true);
    made.setFullScopeAllowed(false);
    made.setConsentRequired(true);
    made.setRedirectUris(List.of());
    made.setDefaultClientScopes(List.of("basic"));
    made.setOptionalClientScopes(List.of(SCOPE));
    Map<String, String> attributes = new HashMap<>(ATTRIBUTES);
    attributes.put(SUBJECT, subjectOf(software, organisation));
    made.setAttributes(attributes);
    requireScope();
    ClientModel client = ClientManager.createClient(at.session(), at.realm(), made);
    new ClientManager(new RealmManager(at.session())).enableServiceAccount(client);
    keepScopes(client);
    return client;
  }

  /** A realm that was made without our file may lack the scope. */
  private void requireScope() {
    if (KeycloakModelUtils.getClientScopeByName(at.realm(), SCOPE) == null) {
      ClientScopeModel scope = at.realm().addClientScope(SCOPE);
      scope.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
      scope.setIncludeInTokenScope(true);
      scope.setDisplayOnConsentScreen(false);
    }
  }

  /** Keycloak adds the realm's scopes and one for service accounts. */
  private static void keepScopes(ClientModel client) {
    Map<String, ClientScopeModel> given = new HashMap<>(client.getClientScopes(true));
    given.putAll(client.getClientScopes(false));
    given.values().stream()
        .filter(scope -> !Set.of("basic", SCOPE).contains(scope.getName()))
        .forEach(client::removeClientScope);
  }
}
