package io.github.fapipack.rar;

import io.github.fapipack.approval.ConsentReference;
import io.github.fapipack.bridge.RequireBankConsent;
import io.github.fapipack.grantmanagement.ActiveGrant;
import io.github.fapipack.grantmanagement.Grant;
import io.github.fapipack.occasion.ConsentUseEvent;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.RequestKey;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.RefreshToken;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyException;

/**
 * Asks the rules whether a consent of the bank still backs what is about to be issued: before a
 * code, a refresh token or an {@code auth_req_id} is used up, so that the client can try again if
 * the bank does not answer.
 */
public final class ConsentUse {

  private static final RequestKey<Refusal> UNAVAILABLE = new RequestKey<>();

  private final KeycloakSession session;

  public ConsentUse(KeycloakSession session) {
    this.session = session;
  }

  /** Asks about the consent that was approved with a code, if there is one. */
  void ofCode(String key, ClientModel client) throws ClientPolicyException {
    CodeBinding.Consented consented = CodeBinding.consented(session, key, client).orElse(null);
    if (consented != null) {
      UserModel user =
          session.users().getUserById(session.getContext().getRealm(), consented.userId());
      of(client, user, consented.consent());
    }
  }

  /** Asks about the consent of a refresh token's grant, if it has one. */
  void of(RefreshToken token, ClientModel client) throws ClientPolicyException {
    RealmModel realm = session.getContext().getRealm();
    Grant grant = ActiveGrant.of(session, realm, token).orElse(null);
    if (grant != null && grant.clientId().equals(client.getId())) {
      of(grant, client);
    }
  }

  /**
   * Asks about the consent that was approved on another device (CIBA 11).
   *
   * @param consent null for none
   */
  public void ofDevice(ClientModel client, UserModel user, ConsentReference consent)
      throws ClientPolicyException {
    if (consent != null) {
      RealmRules.trigger(
          session, new ConsentUseEvent(client, user, consent, OAuthErrorException.ACCESS_DENIED));
    }
  }

  private void of(ClientModel client, UserModel user, ConsentReference consent)
      throws ClientPolicyException {
    // Keycloak refuses a request whose user is gone.
    if (user != null) {
      RealmRules.trigger(
          session, new ConsentUseEvent(client, user, consent, OAuthErrorException.INVALID_GRANT));
    }
  }

  private void of(Grant grant, ClientModel client) throws ClientPolicyException {
    if (grant.consentId() != null) {
      UserModel user = session.users().getUserById(session.getContext().getRealm(), grant.userId());
      of(client, user, new ConsentReference(grant.consentId(), null));
    }
  }

  /**
   * Whether the consent of a token, if it has one, lets the token be called active. If the bank
   * does not answer, it does not, and {@link #unavailable} has the response.
   */
  public boolean backs(AccessToken token, EventBuilder event) {
    RealmModel realm = session.getContext().getRealm();
    Grant grant = ActiveGrant.find(session, realm, token).orElse(null);
    ClientModel holder = grant == null ? null : realm.getClientById(grant.clientId());
    UserModel user = holder == null ? null : session.users().getUserById(realm, grant.userId());
    if (user == null || grant.consentId() == null) {
      return true; // without its client or user a token is not active anyway
    }
    try {
      boolean admitted = RequireBankConsent.admits(session, holder, user, grant.consentId());
      if (!admitted) {
        event.detail(Details.REASON, "the consent has ended").error(Errors.INVALID_TOKEN);
      }
      return admitted;
    } catch (Refusal e) {
      event.detail(Details.REASON, e.getErrorDetail()).error(e.getError());
      UNAVAILABLE.set(session, e);
      return false;
    }
  }

  /** HTTP 503 if the bank did not answer in this request. */
  public static Optional<Response> unavailable(KeycloakSession session) {
    return UNAVAILABLE.in(session).map(ConsentUse::response);
  }

  private static Response response(Refusal refusal) {
    Response.ResponseBuilder response =
        Response.status(refusal.getErrorStatus())
            .type(MediaType.APPLICATION_JSON_TYPE)
            .entity(new OAuth2ErrorRepresentation(refusal.getError(), refusal.getErrorDetail()));
    refusal.headers().forEach(response::header);
    return response.build();
  }
}
