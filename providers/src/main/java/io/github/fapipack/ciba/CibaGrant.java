package io.github.fapipack.ciba;

import io.github.fapipack.approval.Approval;
import io.github.fapipack.approval.ConsentReference;
import io.github.fapipack.consent.ApprovalCheck;
import io.github.fapipack.identity.LoginFacts;
import io.github.fapipack.keycloak.Order;
import io.github.fapipack.rar.ConsentUse;
import io.github.fapipack.rar.Issuance;
import io.github.fapipack.rar.TokenDetails;
import io.github.fapipack.request.ResourceIndicators;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Errors;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantTypeFactory;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.protocol.oidc.grants.device.DeviceGrantType;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyException;

/** Keycloak's CIBA grant, extended: an {@code auth_req_id} can be used once (CIBA 10.1, 11). */
@Clause({"CIBA 10.1-1", "CIBA 11-1", "RFC9396 3-1"})
public final class CibaGrant extends CibaGrantTypeFactory {

  private static final String SPENT = "fapi-auth-req-id:";

  @Override
  public OAuth2GrantType create(KeycloakSession session) {
    return new Grant();
  }

  /** Above Keycloak's own grant with the same id. */
  @Override
  public int order() {
    return Order.BEFORE_OTHERS;
  }

  private static final class Grant extends CibaGrantType {

    @Override
    public Set<String> getSupportedMultivaluedRequestParameters() {
      return Set.of(ResourceIndicators.PARAMETER);
    }

    private Optional<Approval> approval = Optional.empty();
    private boolean looked;

    @Override
    public Response process(Context context) {
      setContext(context);
      if (!RealmRules.of(session).isEmpty()) {
        // Before the auth_req_id is used up, so that the client can correct its request.
        Optional<CIBAAuthenticationRequest> asking = request();
        if (asking.filter(this::hasEnded).isPresent()) {
          throw refused(
              denied("the request is older than the client's last revocation; start again"));
        }
        if (asking.filter(asked -> AskedConsent.hasEnded(session, asked)).isPresent()) {
          throw refused(denied("the consent has ended; lodge a new consent"));
        }
        Optional<CIBAAuthenticationRequest> request = asking.filter(this::isApproved);
        request.ifPresent(this::look);
        request.ifPresent(
            asked ->
                ResourceIndicators.authorize(
                    session, asked.getOtherClaims().get(ResourceIndicators.PARAMETER)));
      }
      return super.process(context);
    }

    /** If the auth_req_id belongs to another client or is invalid, Keycloak reports the error. */
    private Optional<CIBAAuthenticationRequest> request() {
      try {
        return Optional.ofNullable(
                CIBAAuthenticationRequest.deserialize(session, formParams.getFirst(AUTH_REQ_ID)))
            .filter(request -> client.getClientId().equals(request.getIssuedFor()));
      } catch (RuntimeException e) {
        return Optional.empty();
      }
    }

    /** An auth_req_id ends with all tokens of the client that were issued before a time. */
    private boolean hasEnded(CIBAAuthenticationRequest request) {
      return request.getIat() != null && request.getIat() <= client.getNotBefore();
    }

    private boolean isApproved(CIBAAuthenticationRequest request) {
      OAuth2DeviceCodeModel answer =
          DeviceGrantType.getDeviceByDeviceCode(session, realm, client, event, request.getId());
      return answer != null && !answer.isPending() && !answer.isDenied() && !answer.isExpired();
    }

    /** Reads what the user approves, and checks whether the request asks for more. */
    private void look(CIBAAuthenticationRequest request) {
      UserModel user = session.users().getUserById(realm, request.getSubject());
      if (user == null) {
        return; // Keycloak reports the error
      }
      try {
        approval = DeviceConsent.approved(session, request, user);
      } catch (ApprovalCheck.Unapprovable e) {
        throw refused(denied("the user cannot approve what was asked for; ask for less"));
      }
      try {
        ConsentReference consent = approval.map(Approval::consent).orElse(null);
        new ConsentUse(session).ofDevice(client, user, consent);
      } catch (ClientPolicyException e) {
        throw refused(e);
      }
      // Without the grant, which is created or changed only when the tokens are created.
      details(approval.map(Approval::withoutGrant), user, null);
      looked = true;
    }

    private Optional<TokenDetails> details(
        Optional<Approval> approved, UserModel user, String scope) {
      try {
        return new Issuance(session, formParams).ofApproval(approved, user, scope);
      } catch (Refusal e) {
        throw refused(e);
      }
    }

    private CorsErrorResponseException refused(ClientPolicyException refusal) {
      return Issuance.refused(refusal, session, event, cors);
    }

    private static Refusal denied(String sentence) {
      return new Refusal(OAuthErrorException.ACCESS_DENIED, sentence);
    }

    @Override
    protected Response createTokenResponse(
        UserModel user,
        UserSessionModel userSession,
        ClientSessionContext clientSession,
        String scope,
        boolean code,
        Function<TokenManager.AccessTokenResponseBuilder, ClientPolicyContext> policyContext) {
      Optional<TokenDetails> details = Optional.empty();
      if (!RealmRules.of(session).isEmpty()) {
        if (user.getServiceAccountClientLink() != null) {
          throw refused(denied("a service account has no user who can be asked"));
        }
        if (!looked) { // the answer came a moment ago
          request().ifPresent(this::look);
        }
        spend();
        details = details(approval, user, clientSession.getScopeString());
      }
      details.ifPresent(known -> known.keep(session));
      keepFacts();
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

    private void keepFacts() {
      if (!RealmRules.of(session).isEmpty()) {
        String acrValues = request().map(CIBAAuthenticationRequest::getAcrValues).orElse(null);
        LoginFacts.onDevice(client, acrValues, approval.map(Approval::consentId).orElse(null))
            .keep(session, event);
      }
    }

    /**
     * Keycloak checks first and removes later, which could let two simultaneous requests through.
     */
    private void spend() {
      String id =
          CIBAAuthenticationRequest.deserialize(session, formParams.getFirst(AUTH_REQ_ID)).getId();
      if (!session
          .singleUseObjects()
          .putIfAbsent(SPENT + id, DeviceConsent.secondsToLive(session))) {
        session.getTransactionManager().setRollbackOnly();
        event.error(Errors.INVALID_CODE);
        throw new CorsErrorResponseException(
            cors,
            OAuthErrorException.INVALID_GRANT,
            "the auth_req_id was used before; start again",
            Status.BAD_REQUEST);
      }
    }
  }
}
