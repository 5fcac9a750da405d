package io.github.fapipack.authenticator;

import io.github.fapipack.client.Credentials;
import io.github.fapipack.keycloak.Order;
import io.github.fapipack.request.ClientAssertion;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.core.Response.Status;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.ClientAuthenticationFlowContext;
import org.keycloak.authentication.authenticators.client.ClientAssertionState;
import org.keycloak.authentication.authenticators.client.ClientAuthUtil;
import org.keycloak.authentication.authenticators.client.JWTClientAuthenticator;
import org.keycloak.common.util.Base64Url;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.representations.JsonWebToken;

/**
 * Keycloak's {@code client-jwt} authenticator, with the realm's rules asked first; uses {@link
 * PrivateKeyJwtValidator} in realms with rules.
 */
public final class PrivateKeyJwtAuthentication extends JWTClientAuthenticator {

  private static final Logger LOGGER = Logger.getLogger(PrivateKeyJwtAuthentication.class);

  @Override
  public void authenticateClient(ClientAuthenticationFlowContext context) {
    if (RealmRules.of(context.getSession()).isEmpty()) {
      super.authenticateClient(context);
    } else {
      ClientAuthenticationGate.pass(context, getId(), this::authenticate);
    }
  }

  private void authenticate(ClientAuthenticationFlowContext context) {
    context.attempted();
    try {
      ClientAssertionState state =
          context.getState(ClientAssertionState.class, ClientAssertionState.supplier());
      JsonWebToken assertion = state.getToken();
      if (assertion != null && !Objects.equals(assertion.getIssuer(), assertion.getSubject())) {
        return; // an assertion of another issuer about the client: federated-jwt
      }
      if (assertion != null && state.getClient() == null) {
        state.setClient(context.getRealm().getClientByClientId(assertion.getSubject()));
      }
      if (new PrivateKeyJwtValidator(context).validate()) {
        context.success();
      }
    } catch (JWSInputException e) {
      LOGGER.debug("The client assertion cannot be read", e);
      refuseUnreadable(context);
    } catch (Exception e) {
      // Caused by the sender's input: not logged above debug level, and not quoted in the response.
      LOGGER.debug("The client assertion cannot be validated", e);
      refuse(context);
    }
  }

  /** The rules name the claim with a wrong type, if the client of the assertion is known. */
  private static void refuseUnreadable(ClientAuthenticationFlowContext context) {
    Credentials.of(context.getSession())
        .assertion()
        .flatMap(PrivateKeyJwtAuthentication::subject)
        .map(context.getRealm()::getClientByClientId)
        .ifPresent(context::setClient);
    refuse(context);
  }

  private static Optional<String> subject(JWSInput jws) {
    try {
      ClientAssertion read =
          ClientAssertion.of(Base64Url.decode(jws.getEncodedHeader()), jws.getContent());
      return Optional.ofNullable(read.claims().path("sub").textValue())
          .filter(name -> name.chars().noneMatch(Character::isISOControl));
    } catch (Refusal e) {
      return Optional.empty();
    }
  }

  private static void refuse(ClientAuthenticationFlowContext context) {
    context.failure(
        AuthenticationFlowError.INVALID_CLIENT_CREDENTIALS,
        ClientAuthUtil.errorResponse(
            Status.UNAUTHORIZED.getStatusCode(),
            OAuthErrorException.INVALID_CLIENT,
            "client_assertion is not a signed JWT that can be read"));
  }

  /** Above Keycloak's own authenticator with the same id. */
  @Override
  public int order() {
    return Order.BEFORE_OTHERS;
  }
}
