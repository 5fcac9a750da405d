package io.github.fapipack.authenticator;

import io.github.fapipack.authentication.RequireTrustedClientCertificate;
import io.github.fapipack.client.Credentials;
import io.github.fapipack.client.UnknownClient;
import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.Provenance;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.token.CertificateRenewal;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.function.Consumer;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.ClientAuthenticationFlowContext;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.authenticators.client.ClientAuthUtil;
import org.keycloak.authentication.authenticators.client.ClientIdAndSecretAuthenticator;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientpolicy.ClientPolicyException;

/**
 * Asks a realm's rules before a client's credentials are verified, so that a refusal uses up
 * neither the assertion nor the code. Does nothing in a realm without rules.
 */
final class ClientAuthenticationGate {

  /**
   * Carries a refusal out of Keycloak's authenticator. It is an Error, because the authenticators
   * catch every exception, log it and answer with their own text.
   */
  private static final class Refused extends Error {
    private static final long serialVersionUID = 1L;

    Refused(ClientPolicyException refusal) {
      super(refusal.getErrorDetail(), refusal, false, false);
    }
  }

  /**
   * Ends Keycloak's authenticator after a rule has verified the certificate, so that Keycloak does
   * not compare names again.
   */
  private static final class Accepted extends Error {
    private static final long serialVersionUID = 1L;

    Accepted() {
      super("the certificate is the client's", null, false, false);
    }
  }

  /** Authenticators that can run again after success, because they use nothing up. */
  private static final Set<String> REPEATABLE =
      Set.of(ClientIdAndSecretAuthenticator.PROVIDER_ID, X509ClientAuthenticator.PROVIDER_ID);

  private final ClientAuthenticationFlowContext context;
  private final String method;
  private boolean inCharge;
  private ClientPolicyException refusal;

  private ClientAuthenticationGate(ClientAuthenticationFlowContext context, String method) {
    this.context = context;
    this.method = method;
  }

  /**
   * Runs an authenticator.
   *
   * @param method its id
   * @param authenticator Keycloak's own code
   */
  static void pass(
      ClientAuthenticationFlowContext context,
      String method,
      Consumer<ClientAuthenticationFlowContext> authenticator) {
    if (RealmRules.of(context.getSession()).isEmpty()) {
      authenticator.accept(context);
    } else {
      new ClientAuthenticationGate(context, method).pass(authenticator);
    }
  }

  private void pass(Consumer<ClientAuthenticationFlowContext> authenticator) {
    KeycloakSession session = context.getSession();
    AuthenticationOutcome.failedUnlessToldOtherwise(session);
    if (Credentials.of(session).namesImpossibleClient()) {
      // Not looked up: a database may fail on a control character.
      context.failure(AuthenticationFlowError.CLIENT_NOT_FOUND, null);
      return;
    }
    if (context.getClient() == null) {
      // Keycloak has found a registered client by its name with the first authenticator.
      UnknownClient.named(session, context.getRealm(), method).ifPresent(context::setClient);
    }
    try {
      authenticator.accept(
          new AskingContext(
              context, UnknownClient.realm(session, context.getRealm(), method), this::claimed));
    } catch (Refused e) {
      // handled below
    } catch (Accepted e) {
      context.success();
    }
    if (UnknownClient.is(context.getClient()) && context.getStatus() == FlowStatus.SUCCESS) {
      context.failure(AuthenticationFlowError.CLIENT_NOT_FOUND, null); // which cannot happen
    }
    if (inCharge && context.getStatus() == FlowStatus.SUCCESS) {
      prove(context.getClient());
    }
    if (refusal != null) {
      context.failure(AuthenticationFlowError.INVALID_CLIENT_CREDENTIALS, response());
    } else if (inCharge && context.getStatus() == FlowStatus.SUCCESS) {
      AuthenticationOutcome.succeeded(session);
      CertificateRenewal.view(session, context.getClient()).ifPresent(context::setClient);
    }
  }

  private void claimed(ClientModel client) {
    inCharge = method.equals(methodInChargeOf(client));
    if (!inCharge || !client.isEnabled()) {
      return; // another authenticator is responsible; or Keycloak refuses the request
    }
    ClientAuthenticationEvent request = request(client);
    try {
      RealmRules.trigger(context.getSession(), request);
    } catch (ClientPolicyException e) {
      refusal = e;
      if (isRulesTo(request)) {
        if (RequireTrustedClientCertificate.accepts(context.getSession(), request)) {
          prove(client);
        }
        throw new Refused(e);
      }
      if (REPEATABLE.contains(method)) {
        return; // Keycloak determines the client
      }
      Credentials credentials = Credentials.of(context.getSession());
      if (credentials.assertion().filter(jwt -> isOwn(client, jwt)).isPresent()) {
        prove(client);
      }
      throw new Refused(e);
    }
    if (isRulesTo(request)
        && RequireTrustedClientCertificate.hasAccepted(context.getSession(), client)) {
      throw new Accepted();
    }
  }

  /** Whether a rule decides to whom the certificate belongs. */
  private boolean isRulesTo(ClientAuthenticationEvent request) {
    return X509ClientAuthenticator.PROVIDER_ID.equals(request.method())
        && RealmRules.of(context.getSession()).have(RequireTrustedClientCertificate.class);
  }

  /**
   * Whether the assertion comes from the client; only for the log, because the request is refused.
   */
  private boolean isOwn(ClientModel client, JWSInput jwt) {
    return Provenance.isSigned(context.getSession(), jwt.getWireString(), client);
  }

  /** The name of a public client proves nothing. */
  private void prove(ClientModel client) {
    if (client != null && !client.isPublicClient()) {
      Provenance.prove(context.getSession(), client);
    }
  }

  private ClientAuthenticationEvent request(ClientModel client) {
    KeycloakSession session = context.getSession();
    Credentials credentials = Credentials.of(session);
    return new ClientAuthenticationEvent(
        client,
        method,
        Endpoint.of(session),
        credentials.form(),
        credentials.assertion(),
        Credentials.certificates(session));
  }

  /** As ClientAuthenticationFlow decides it. */
  private static String methodInChargeOf(ClientModel client) {
    return client.isPublicClient() || client.getClientAuthenticatorType() == null
        ? ClientIdAndSecretAuthenticator.PROVIDER_ID
        : client.getClientAuthenticatorType();
  }

  private Response response() {
    Response.ResponseBuilder response =
        Response.fromResponse(
            ClientAuthUtil.errorResponse(
                refusal.getErrorStatus().getStatusCode(),
                refusal.getError(),
                refusal.getErrorDetail()));
    if (refusal instanceof Refusal own) {
      own.headers().forEach(response::header);
    }
    return response.build();
  }
}
