package io.github.fapipack.publication;

import io.github.fapipack.resource.TokenHolder;
import io.github.fapipack.scheme.Accesses;
import io.github.fapipack.scheme.Desk;
import io.github.fapipack.scheme.Publication;
import io.github.fapipack.scheme.Software;
import io.github.fapipack.scheme.SoftwareClients;
import io.github.fapipack.scheme.Standing;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.resources.admin.AdminAuth;

/**
 * A software that acts for itself, with an access token that is bound to its certificate. To a
 * software, others do not exist.
 */
final class SoftwareCaller {

  private SoftwareCaller() {}

  /**
   * The desk for a software.
   *
   * @throws WebApplicationException 401 or 403 with a challenge (RFC 6750 3), 403 if the software
   *     is not active, 404 if the token is not that of the software
   */
  static Desk authenticate(KeycloakSession session, String organisation, String software) {
    TokenHolder holder = holder(session);
    AccessToken.Confirmation confirmation = holder.token().getConfirmation();
    if (confirmation == null || confirmation.getCertThumbprint() == null) {
      throw TokenHolder.invalidToken(
          "the access token is not bound to a client certificate; get one over mutual TLS");
    }
    if (holder.person().isPresent()) {
      throw holder.insufficient("only software can do this, with client credentials");
    }
    Software caller =
        Optional.of(holder.client().getClientId())
            .filter(software::equals)
            .flatMap(id -> Publication.of(session).software(organisation, id))
            .orElseThrow(SoftwareCaller::unknown);
    if (caller.effective() != Standing.ACTIVE) {
      throw inactive();
    }
    RealmModel realm = session.getContext().getRealm();
    AdminAuth who = new AdminAuth(realm, holder.token(), holder.user(), holder.client());
    return Desk.of(session, Accesses.of(caller), who).orElseThrow(SoftwareCaller::unknown);
  }

  /**
   * The client of a software that is not active is disabled, which Keycloak does not tell from a
   * token that is not valid.
   */
  private static TokenHolder holder(KeycloakSession session) {
    try {
      return TokenHolder.authenticate(session, SoftwareClients.SCOPE);
    } catch (WebApplicationException refusal) {
      throw isOfDisabledClient(session) ? inactive() : refusal;
    }
  }

  private static boolean isOfDisabledClient(KeycloakSession session) {
    try {
      AppAuthManager.AuthHeader sent =
          AppAuthManager.extractAuthorizationHeaderTokenOrReturnNull(
              session.getContext().getRequestHeaders());
      AccessToken claims =
          sent == null ? null : session.tokens().decode(sent.getToken(), AccessToken.class);
      if (claims == null || !claims.isActive() || claims.getIssuedFor() == null) {
        return false;
      }
      ClientModel client =
          session.getContext().getRealm().getClientByClientId(claims.getIssuedFor());
      return client != null && !client.isEnabled();
    } catch (NotAuthorizedException e) {
      return false; // several headers
    }
  }

  private static WebApplicationException inactive() {
    return new WebApplicationException(
        Errors.response(
            Status.FORBIDDEN,
            OAuthErrorException.ACCESS_DENIED,
            "the organisation or the software is not active; ask the operator of the scheme"));
  }

  private static WebApplicationException unknown() {
    return new WebApplicationException(
        Errors.response(
            Status.NOT_FOUND, "not_found", "there is no such software, or the token is another's"));
  }
}
