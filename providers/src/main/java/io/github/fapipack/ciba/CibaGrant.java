package io.github.fapipack.ciba;

import io.github.fapipack.consent.Approval;
import io.github.fapipack.consent.GrantLifetimes;
import io.github.fapipack.grants.GrantAction;
import io.github.fapipack.rar.AuthorizationDetails;
import io.github.fapipack.rar.Issuance;
import io.github.fapipack.rar.TokenDetails;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Errors;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantTypeFactory;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.clientpolicy.ClientPolicyContext;

/** Keycloak's CIBA grant, in which an {@code auth_req_id} gives tokens once (CIBA 10.1, 11). */
@Clause({"CIBA 10.1-1", "CIBA 11-1", "RFC9396 3-1"})
public final class CibaGrant extends CibaGrantTypeFactory {

  private static final String SPENT = "fapi-auth-req-id:";

  /** Seconds for which Keycloak may know a request beyond its life, and then some. */
  private static final int MARGIN = 120;

  @Override
  public OAuth2GrantType create(KeycloakSession session) {
    return new Grant();
  }

  /** Above Keycloak's own grant of the same id. */
  @Override
  public int order() {
    return 1000;
  }

  private static final class Grant extends CibaGrantType {

    private Optional<TokenDetails> details = Optional.empty();
    private Optional<Approval> managed = Optional.empty();

    @Override
    public Response process(Context context) {
      setContext(context);
      if (!RealmRules.of(session).isEmpty()) {
        // Before anything is spent, so that the client can correct its request.
        Optional<CIBAAuthenticationRequest> request = request();
        details = request.flatMap(this::details);
        managed = request.flatMap(this::managed);
      }
      return super.process(context);
    }

    /** Of an auth_req_id that is not the client's, or none at all, Keycloak says what is wrong. */
    private Optional<CIBAAuthenticationRequest> request() {
      try {
        return Optional.ofNullable(
                CIBAAuthenticationRequest.deserialize(session, formParams.getFirst(AUTH_REQ_ID)))
            .filter(request -> client.getClientId().equals(request.getIssuedFor()));
      } catch (RuntimeException e) {
        return Optional.empty();
      }
    }

    /** What the user is shown and approves, narrowed to what is asked for now. */
    private Optional<TokenDetails> details(CIBAAuthenticationRequest request) {
      Object shown = request.getOtherClaims().get(AuthorizationDetails.PARAMETER);
      try {
        return new Issuance(session, formParams)
            .of(shown == null ? List.of() : AuthorizationDetails.parse(shown.toString()));
      } catch (Refusal e) {
        throw Issuance.refused(e, session, event, cors);
      }
    }

    /** What the request does to a grant, which a rule has checked (Grant Management 5.2). */
    private Optional<Approval> managed(CIBAAuthenticationRequest request) {
      return Optional.ofNullable(request.getOtherClaims().get("grant_management_action"))
          .flatMap(action -> GrantAction.of(action.toString()))
          .map(
              action ->
                  new Approval(
                      details.map(TokenDetails::approved).orElse(List.of()),
                      action,
                      (String) request.getOtherClaims().get("grant_id"),
                      GrantLifetimes.first(realm)));
    }

    private TokenDetails grant(Approval approval, UserModel user, String scope) {
      try {
        return new Issuance(session, formParams).of(approval, user, scope);
      } catch (Refusal e) {
        throw Issuance.refused(e, session, event, cors);
      }
    }

    @Override
    protected Response createTokenResponse(
        UserModel user,
        UserSessionModel userSession,
        ClientSessionContext clientSession,
        String scope,
        boolean code,
        Function<TokenManager.AccessTokenResponseBuilder, ClientPolicyContext> policyContext) {
      if (!RealmRules.of(session).isEmpty()) {
        spend();
        details =
            managed
                .map(approval -> grant(approval, user, clientSession.getScopeString()))
                .or(() -> details);
      }
      details.ifPresent(known -> known.keep(session));
      ClientSessionContext whole =
          details
              .map(known -> Issuance.scoped(session, clientSession, known))
              .orElse(clientSession);
      Response response =
          super.createTokenResponse(
              user,
              userSession,
              whole,
              whole == clientSession ? scope : whole.getScopeString(),
              code,
              policyContext);
      details.ifPresent(known -> known.writeTo(response));
      return response;
    }

    /** Keycloak looks first and removes later, which lets two requests through at once. */
    private void spend() {
      String id =
          CIBAAuthenticationRequest.deserialize(session, formParams.getFirst(AUTH_REQ_ID)).getId();
      long seconds =
          (long) realm.getCibaPolicy().getExpiresIn()
              + realm.getCibaPolicy().getPoolingInterval()
              + MARGIN;
      if (!session.singleUseObjects().putIfAbsent(SPENT + id, seconds)) {
        session.getTransactionManager().setRollbackOnly();
        event.error(Errors.INVALID_CODE);
        throw new CorsErrorResponseException(
            cors,
            OAuthErrorException.INVALID_GRANT,
            "the auth_req_id has given its tokens; start again",
            Status.BAD_REQUEST);
      }
    }
  }
}
