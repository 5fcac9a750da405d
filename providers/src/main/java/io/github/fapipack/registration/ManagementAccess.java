package io.github.fapipack.registration;

import io.github.fapipack.client.Credentials;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.participants.Participants;
import io.github.fapipack.participants.RequireActiveParticipant;
import io.github.fapipack.participants.Software;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.trust.ManagementCertificate;
import io.github.fapipack.trust.SoftwareClient;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.util.Arrays;
import java.util.Locale;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.services.util.MtlsHoKTokenUtil;

/**
 * Whether a request comes from the software whose client it wants to read, update or delete: with
 * the registration access token of the client (RFC 7592), or with an access token that the client
 * got for itself; and with the client certificate, where the ecosystem requires one.
 */
final class ManagementAccess {

  private final KeycloakSession session;
  private final EcosystemProfile profile;
  private final SoftwareAuth auth;

  ManagementAccess(KeycloakSession session, EcosystemProfile profile, SoftwareAuth auth) {
    this.session = session;
    this.profile = profile;
    this.auth = auth;
  }

  /**
   * The client that is managed.
   *
   * @throws Refusal {@code invalid_token} with HTTP 401, the same for a client that does not exist
   */
  ClientModel require(String method, String clientId) throws Refusal {
    if (!profile.registration().management().methods().contains(method)) {
      throw new Refusal(
          "invalid_request",
          "clients are not managed with " + method + " in this ecosystem",
          null,
          Status.METHOD_NOT_ALLOWED);
    }
    ClientModel client = session.getContext().getRealm().getClientByClientId(clientId);
    boolean isOwn =
        client != null && SoftwareClient.is(client) && client.isEnabled() && isRegistered(client);
    switch (profile.registration().management().authentication()) {
      case REGISTRATION_ACCESS_TOKEN -> requireRegistrationToken(isOwn ? client : null);
      case CLIENT_CREDENTIALS -> requireAccessToken(isOwn ? client : null);
    }
    ManagementCertificate.require(session, profile, client);
    auth.manage(client);
    Vouched.NOTHING_MORE.use(session);
    return client;
  }

  /**
   * Keeps other requests from deleting the client while this one changes it.
   *
   * @throws Refusal {@code invalid_token} with HTTP 401 if one has done so meanwhile
   */
  static void lock(KeycloakSession session, ClientModel client) throws Refusal {
    if (!Participants.of(session).lock(client)) {
      throw gone();
    }
  }

  /** Attributes may be copied from other clients and realms; they do not make it one of ours. */
  private boolean isRegistered(ClientModel client) {
    return Participants.of(session)
        .byClient(client)
        .map(Software::softwareId)
        .filter(id -> id.equals(client.getAttribute(SoftwareClient.SOFTWARE)))
        .isPresent();
  }

  private void requireRegistrationToken(ClientModel client) throws Refusal {
    if (client == null || !auth.token().isOf(client)) {
      throw refusal("the registration access token is missing, or is not that of this client");
    }
  }

  private void requireAccessToken(ClientModel client) throws Refusal {
    AuthResult caller = caller();
    AccessToken token = caller.token();
    String scope = profile.registration().management().scope();
    if (client == null && isOwnToken(caller)) {
      // RFC 7592 2.1: the token is of no use if the client does not exist.
      long left = token.getExp() == null ? 0 : token.getExp() - Time.currentTime();
      session.revokedTokens().put(token.getId(), Math.max(1, left));
    }
    if (client == null || !isOwnToken(caller) || !caller.client().getId().equals(client.getId())) {
      throw refusal("the access token is not one that this client got for itself");
    }
    if (token.getScope() == null || !Arrays.asList(token.getScope().split(" ")).contains(scope)) {
      throw new Refusal(
          "insufficient_scope",
          "the access token does not have the scope " + scope,
          "ask for it with the client credentials grant",
          Status.FORBIDDEN);
    }
    if (!RequireActiveParticipant.admits(session, session.getContext().getRealm(), client)) {
      throw refusal("the access token is not valid while the client is not active");
    }
    boolean required = profile.certificate().required();
    if (required || !Credentials.certificates(session).isEmpty()) {
      requireBinding(token);
    }
  }

  private void requireBinding(AccessToken token) throws Refusal {
    if (token.getConfirmation() == null
        || token.getConfirmation().getCertThumbprint() == null
        || !MtlsHoKTokenUtil.verifyTokenBindingWithClientCertificate(
            token, session.getContext().getHttpRequest(), session)) {
      throw refusal("the access token is not bound to the client certificate of the connection");
    }
  }

  /** Whether a client got the token for itself, and not for a user. */
  private static boolean isOwnToken(AuthResult caller) {
    return caller.client() != null
        && caller.user() != null
        && caller.client().getId().equals(caller.user().getServiceAccountClientLink());
  }

  private AuthResult caller() throws Refusal {
    String header =
        session
            .getContext()
            .getRequestHeaders()
            .getRequestHeaders()
            .getFirst(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
      throw refusal("the access token is missing");
    }
    AuthResult caller = null;
    try {
      caller = new AppAuthManager.BearerTokenAuthenticator(session).authenticate();
    } catch (NotAuthorizedException e) {
      // refused below
    }
    if (caller == null) {
      throw refusal("the access token is not valid");
    }
    return caller;
  }

  /** What is said when another request has deleted the client meanwhile. */
  static Refusal gone() {
    return refusal("the client does not exist any more");
  }

  private static Refusal refusal(String what) {
    return new Refusal(
            "invalid_token", what, "send the token of the registration", Status.UNAUTHORIZED)
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
  }
}
