package io.github.fapipack.consent;

import io.github.fapipack.authorization.RequireConsent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrderedModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.rar.AuthorizationDetails;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.UserConsentManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The scopes on the pack's page: the same as on Keycloak's consent page, so that one page is enough
 * (RFC 9396 3.1-2).
 */
final class ScopeConsent {

  private static final int MAX_TEXT = 255;

  private final KeycloakSession session;
  private final AuthenticationSessionModel authentication;

  ScopeConsent(KeycloakSession session, AuthenticationSessionModel authentication) {
    this.session = session;
    this.authentication = authentication;
  }

  private Stream<AuthorizationDetails> scopes() {
    return AuthenticationManager.getClientScopeModelStream(session, authentication.getClient())
        .filter(asked -> asked.getClientScope() != null)
        .filter(asked -> asked.getClientScope().isDisplayOnConsentScreen());
  }

  /** The texts of the scopes, in the order of the admin console. */
  List<String> texts(Wording wording) {
    return scopes()
        .sorted(
            Comparator.comparing(
                AuthorizationDetails::getClientScope,
                new OrderedModel.OrderedModelComparator<ClientScopeModel>()))
        .map(asked -> text(asked.getClientScope(), asked.getParameterizedScopeParam(), wording))
        .toList();
  }

  /** The texts of the scopes of a grant. */
  static List<String> texts(RealmModel realm, Set<String> names, Wording wording) {
    return names.stream()
        .map(name -> KeycloakModelUtils.getClientScopeByName(realm, name))
        .filter(scope -> scope != null && scope.isDisplayOnConsentScreen())
        .map(scope -> text(scope, null, wording))
        .toList();
  }

  /** Whether the client asks for scopes beyond its default scopes. */
  boolean asksForMore() {
    Set<String> given = authentication.getClient().getClientScopes(true).keySet();
    return scopes()
        .map(AuthorizationDetails::getClientScope)
        // Keycloak also models the client itself as a scope.
        .filter(scope -> !(scope instanceof ClientModel))
        .anyMatch(scope -> !given.contains(scope.getName()));
  }

  /** The text of a scope, which may be the key of a message. */
  static String text(ClientScopeModel scope, String parameter, Wording wording) {
    String text = scope.getConsentScreenText();
    if (text == null || text.isBlank()) {
      text = scope.getName();
    }
    if (scope instanceof ClientModel client
        && client.getRegistrationToken() != null
        && !text.equals(RequireConsent.IDENTITY)) {
      return SafeText.of(
          text,
          MAX_TEXT); // may be a text that the client chose, which must not resolve to one of the
      // pack's messages
    }
    boolean isKey = text.startsWith("${") && text.endsWith("}");
    String key = isKey ? text.substring(2, text.length() - 1) : text;
    if (!wording.has(key)) {
      return key;
    }
    return parameter == null ? wording.text(key) : wording.text(key, parameter);
  }

  /** Records the consent as Keycloak's consent page does, so that Keycloak does not ask again. */
  void record() {
    RealmModel realm = authentication.getRealm();
    UserModel user = authentication.getAuthenticatedUser();
    ClientModel client = authentication.getClient();
    if (client.isConsentRequired()) {
      UserConsentModel consent =
          UserConsentManager.getConsentByClient(session, realm, user, client.getId());
      if (consent == null) {
        consent = new UserConsentModel(client);
        UserConsentManager.addConsent(session, realm, user, consent);
      }
      if (addScopes(consent)) {
        UserConsentManager.updateConsent(session, realm, user, consent);
      }
    }
    answerPrompt();
  }

  private boolean addScopes(UserConsentModel consent) {
    boolean changed = false;
    List<String> everyTime = new ArrayList<>();
    for (AuthorizationDetails asked : scopes().toList()) {
      ClientScopeModel scope = asked.getClientScope();
      String parameter = asked.getParameterizedScopeParam();
      if (scope.isAlwaysConsent()) {
        everyTime.add(
            parameter == null
                ? scope.getName()
                : scope.getName() + ClientScopeModel.VALUE_SEPARATOR + parameter);
      } else if (!consent.isClientScopeGranted(scope, parameter)) {
        consent.addGrantedClientScope(scope, parameter);
        changed = true;
      }
    }
    if (!everyTime.isEmpty()) {
      authentication.setClientNote(OIDCLoginProtocol.CONSENT_NOTE, String.join(" ", everyTime));
    }
    return changed;
  }

  /**
   * With {@code prompt=consent} Keycloak asks even if consent is recorded; the user was asked just
   * now.
   */
  private void answerPrompt() {
    String prompt = authentication.getClientNote(OAuth2Constants.PROMPT);
    if (prompt != null) {
      List<String> rest =
          Stream.of(prompt.trim().split("\\s+"))
              .filter(value -> !value.equals(OIDCLoginProtocol.PROMPT_VALUE_CONSENT))
              .toList();
      if (rest.isEmpty()) {
        authentication.removeClientNote(OAuth2Constants.PROMPT);
      } else {
        authentication.setClientNote(OAuth2Constants.PROMPT, String.join(" ", rest));
      }
    }
  }
}
