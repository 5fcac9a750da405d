package io.github.fapipack.token;

import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.RequestKey;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Lets a confidential client keep its grant when it renews its certificate (RFC 8705 section 7.1).
 * The rule that binds access tokens itself allows it while a request is checked; after successful
 * authentication Keycloak then gets the client as a {@link CertificateRenewalView}.
 */
public final class CertificateRenewal {

  /** The id of the client that may. */
  private static final RequestKey<String> ALLOWED = new RequestKey<>();

  private CertificateRenewal() {}

  /**
   * To be called during a {@code ClientAuthenticationEvent} by a rule that binds the client's
   * access tokens itself; without such a rule, tokens would not be bound.
   */
  public static void allow(KeycloakSession session, ClientModel client) {
    ALLOWED.set(session, client.getId());
  }

  /** The view of the client to use for the rest of the request; empty if none is needed. */
  public static Optional<ClientModel> view(KeycloakSession session, ClientModel client) {
    return isAllowed(session, client) && isRefresh(session)
        ? Optional.of(new CertificateRenewalView(client))
        : Optional.empty();
  }

  private static boolean isAllowed(KeycloakSession session, ClientModel client) {
    return ALLOWED.in(session).filter(client.getId()::equals).isPresent()
        && !client.isPublicClient();
  }

  /** Only here does Keycloak compare a certificate with an earlier one. */
  private static boolean isRefresh(KeycloakSession session) {
    return Endpoint.of(session) == Endpoint.TOKEN
        && OAuth2Constants.REFRESH_TOKEN.equals(
            session
                .getContext()
                .getHttpRequest()
                .getDecodedFormParameters()
                .getFirst(OAuth2Constants.GRANT_TYPE));
  }
}
