package io.github.fapipack.participants;

import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.ecosystem.ParticipantState;
import io.github.fapipack.occasion.AuthorizationResponseEvent;
import io.github.fapipack.occasion.BackchannelRequestEvent;
import io.github.fapipack.occasion.LoginEvent;
import io.github.fapipack.occasion.ResourceRequestEvent;
import io.github.fapipack.occasion.TokenEvent;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.grants.ciba.clientpolicy.context.BackchannelTokenRequestContext;
import org.keycloak.protocol.oidc.grants.device.clientpolicy.context.DeviceAuthorizationRequestContext;
import org.keycloak.protocol.oidc.grants.device.clientpolicy.context.DeviceTokenRequestContext;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;
import org.keycloak.services.clientpolicy.context.JWTAuthorizationGrantContext;
import org.keycloak.services.clientpolicy.context.ResourceOwnerPasswordCredentialsContext;
import org.keycloak.services.clientpolicy.context.ServiceAccountTokenRequestContext;
import org.keycloak.services.clientpolicy.context.TokenExchangeRequestContext;
import org.keycloak.services.clientpolicy.context.TokenRefreshContext;
import org.keycloak.services.clientpolicy.context.TokenRequestContext;

/**
 * In a realm of an ecosystem, a client gets no authorization and no token, and its tokens are not
 * valid, while the directory, its software statement or an administrator says that it, or its
 * organisation, is not active. Nothing is used up meanwhile, so that a suspended client continues
 * with what it had. It may still revoke its tokens.
 */
@RuleId("fapi2-require-active-participant")
@Clause({"RFC6749 5.2-1", "RFC6750 3.1-1", "RFC7662 2.2-1"})
public final class RequireActiveParticipant extends Rule<NoSettings> {

  private static final Logger LOGGER = Logger.getLogger(RequireActiveParticipant.class);

  public RequireActiveParticipant() {
    super(
        NoSettings.class,
        "Refuses clients that the directory of the ecosystem or an administrator has suspended.");
  }

  @Override
  public boolean isStanding() {
    return true;
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (!isOfEcosystem(occasion.realm())) {
      return;
    }
    if (occasion.context() instanceof ResourceRequestEvent) {
      check(occasion, occasion.client(), OAuthErrorException.INVALID_TOKEN, Status.UNAUTHORIZED);
    } else if (isBeginning(occasion.context()) || occasion.context() instanceof TokenEvent) {
      check(
          occasion, occasion.client(), OAuthErrorException.UNAUTHORIZED_CLIENT, Status.BAD_REQUEST);
    }
    if (occasion.context() instanceof TokenExchangeRequestContext exchange) {
      checkSubject(occasion, exchange.getTokenExchangeContext().getParams().getSubjectToken());
    }
  }

  /** Without a look at the profile: a client that was suspended stays so if that is broken. */
  private static boolean isOfEcosystem(RealmModel realm) {
    String id = realm.getAttribute(EcosystemProfiles.IN_USE);
    return id != null && !id.isBlank();
  }

  /** Whether a client asks for an authorization or for tokens, and nothing is used up yet. */
  private static boolean isBeginning(ClientPolicyContext context) {
    return context instanceof PushedAuthorizationRequestContext
        || context instanceof AuthorizationRequestContext
        || context instanceof AuthorizationResponseEvent
        || context instanceof BackchannelRequestEvent
        || context instanceof LoginEvent
        || isTokenRequest(context);
  }

  private static boolean isTokenRequest(ClientPolicyContext context) {
    return context instanceof TokenRequestContext
        || context instanceof TokenRefreshContext
        || context instanceof ServiceAccountTokenRequestContext
        || context instanceof BackchannelTokenRequestContext
        || context instanceof DeviceAuthorizationRequestContext
        || context instanceof DeviceTokenRequestContext
        || context instanceof TokenExchangeRequestContext
        || context instanceof JWTAuthorizationGrantContext
        || context instanceof ResourceOwnerPasswordCredentialsContext;
  }

  /** A token of a client that is not active is not exchanged for one of another client. */
  private static void checkSubject(Occasion occasion, String subject) throws Refusal {
    AccessToken token =
        subject == null ? null : occasion.session().tokens().decode(subject, AccessToken.class);
    if (token != null && token.getIssuedFor() != null) {
      check(
          occasion,
          occasion.realm().getClientByClientId(token.getIssuedFor()),
          OAuthErrorException.INVALID_REQUEST,
          Status.BAD_REQUEST);
    }
  }

  private static void check(Occasion occasion, ClientModel client, String error, Status status)
      throws Refusal {
    if (client == null) {
      return;
    }
    Optional<ParticipantState> state;
    try {
      state = Participants.inactive(occasion.session(), client);
    } catch (RuntimeException e) {
      LOGGER.error("The state of a participant cannot be read, so its client is refused", e);
      throw new Refusal(
          OAuthErrorException.TEMPORARILY_UNAVAILABLE,
          "the state of the client's organisation cannot be read",
          "try again later",
          Status.SERVICE_UNAVAILABLE);
    }
    if (state.isPresent()) {
      Decision decision =
          Participants.of(occasion.session())
              .byClient(client)
              .flatMap(Software::decision)
              .orElse(null);
      throw new Refusal(error, sentence(state.get(), decision), Decision.remedy(decision), status);
    }
  }

  private static String sentence(ParticipantState state, Decision decision) {
    if (decision == null) { // it has just ended
      return "the client's organisation is " + state.jsonName();
    }
    String since =
        Instant.ofEpochMilli(decision.since()).truncatedTo(ChronoUnit.SECONDS).toString();
    return switch (decision.source()) {
      case ADMINISTRATOR ->
          decision.onOrganisation()
              ? "an administrator has set the client's organisation to "
                  + state.jsonName()
                  + " at "
                  + since
              : "an administrator has set the client's software to "
                  + state.jsonName()
                  + " at "
                  + since;
      case LIST ->
          decision.onOrganisation()
              ? "the directory lists the client's organisation as "
                  + state.jsonName()
                  + " since "
                  + since
              : "the directory lists the client's software as "
                  + state.jsonName()
                  + " since "
                  + since;
      case STATEMENT ->
          "the client's software statement says " + state.jsonName() + " since " + since;
    };
  }

  /**
   * Whether tokens of a client are valid as far as its participant is concerned; adds the error to
   * an event if not. For code that tells of tokens without asking the rules.
   */
  public static boolean admits(
      KeycloakSession session, RealmModel realm, ClientModel client, EventBuilder event) {
    boolean admitted = admits(session, realm, client);
    if (!admitted) {
      event.detail(Details.REASON, "the client is not active").error(Errors.INVALID_TOKEN);
    }
    return admitted;
  }

  /** Whether tokens of a client are valid as far as its participant is concerned. */
  public static boolean admits(KeycloakSession session, RealmModel realm, ClientModel client) {
    return client == null
        || !isOfEcosystem(realm)
        || !RealmRules.of(session, realm).enforceStanding(RequireActiveParticipant.class, client)
        || isActive(session, client);
  }

  private static boolean isActive(KeycloakSession session, ClientModel client) {
    try {
      return Participants.inactive(session, client).isEmpty();
    } catch (RuntimeException e) {
      LOGGER.error("The state of a participant cannot be read, so its tokens are not active", e);
      return false;
    }
  }
}
