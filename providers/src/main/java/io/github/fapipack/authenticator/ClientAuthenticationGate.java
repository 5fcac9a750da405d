package io.github.fapipack.authenticator;

import io.github.fapipack.authentication.RequireTrustedClientCertificate;
import io.github.fapipack.client.Credentials;
import io.github.fapipack.client.UnknownClient;
import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.occasion.Endpoint;
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
 * Asks a realm's rules before a client's credentials are verified, so that a refusal spends neither
 * the assertion nor the code. In a realm without rules it is not there.
 */
final class ClientAuthenticationGate {

  /**
   * Carries a refusal out of Keycloak's authenticator. An error, because the authenticators catch
   * every exception, log it and answer in their own words.
   */
  private static final class Refused extends Error {
    private static final long serialVersionUID = 1L;

    Refused(ClientPolicyException refusal) {
      super(refusal.getErrorDetail(), refusal, false, false);
    }
  }

  /**
   * Ends Keycloak's authenticator where a rule has verified the certificate, so that the rule's
   * comparison of names is the only one.
   */
  private static final class Accepted extends Error {
    private static final long serialVersionUID = 1L;

    Accepted() {
      super("the certificate is the client's", null, false, false);
    }
  }

  /** Authenticators that spend nothing when they succeed. */
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
   * Lets an authenticator work.
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
      // Not even looked up: a database may choke on a control character.
      context.failure(AuthenticationFlowError.CLIENT_NOT_FOUND, null);
      return;
    }
    if (context.getClient() == null) {
      // One that is known, Keycloak has found by its name with the first authenticator.
      UnknownClient.named(session, context.getRealm(), method).ifPresent(context::setClient);
    }
    try {
      authenticator.accept(
          new AskingContext(
              context, UnknownClient.realm(session, context.getRealm(), method), this::claimed));
    } catch (Refused e) {
      // said below
    } catch (Accepted e) {
      context.success();
    }
    if (UnknownClient.is(context.getClient()) && context.getStatus() == FlowStatus.SUCCESS) {
      context.failure(AuthenticationFlowError.CLIENT_NOT_FOUND, null); // which cannot be
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
      return; // another authenticator's turn; or Keycloak is about to say no
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
        return; // Keycloak finds out whose request it was
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

  /** Whether it is for a rule to say whose certificate it is. */
  private boolean isRulesTo(ClientAuthenticationEvent request) {
    return X509ClientAuthenticator.PROVIDER_ID.equals(request.method())
        && RealmRules.of(context.getSession()).have(RequireTrustedClientCertificate.class);
  }

  /** Whether the assertion is the client's; for the log alone, as the request is refused. */
  private boolean isOwn(ClientModel client, JWSInput jwt) {
    return Provenance.isSigned(context.getSession(), jwt.getWireString(), client);
  }

  /** A public client proves nothing by its name. */
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
        Endpoint.of(session.getContext().getUri().getPath()),
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
