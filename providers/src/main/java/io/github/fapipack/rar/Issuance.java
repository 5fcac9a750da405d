package io.github.fapipack.rar;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.Approval;
import io.github.fapipack.approval.AuthorizationDetails;
import io.github.fapipack.approval.GrantAction;
import io.github.fapipack.approval.InvalidAuthorizationDetails;
import io.github.fapipack.grantmanagement.ActiveGrant;
import io.github.fapipack.grantmanagement.ConsentTaken;
import io.github.fapipack.grantmanagement.Grant;
import io.github.fapipack.grantmanagement.GrantClaims;
import io.github.fapipack.grantmanagement.GrantLimitExceeded;
import io.github.fapipack.grantmanagement.Grants;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.RefreshToken;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.cors.Cors;
import org.keycloak.services.util.DefaultClientSessionContext;

/**
 * Determines the authorization details of the tokens of one token request: what was approved,
 * narrowed to what the request asks for (RFC 9396 6), and the grant that is created when the client
 * claims its tokens (Grant Management 5.6.1). A consent of the bank becomes a grant too, so that
 * its tokens end with it.
 */
@Clause({"RFC9396 6-1", "RFC9396 7-1", "GM 5.2-4.1", "GM 5.2-4.2", "GM 5.2-4.3", "GM 5.6.1-2"})
public final class Issuance {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final ClientModel client;
  private final String requested;
  private final Narrowing narrowing;

  /**
   * @param form the token request
   */
  public Issuance(KeycloakSession session, MultivaluedMap<String, String> form) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.client = session.getContext().getClient();
    this.requested = form.getFirst(AuthorizationDetails.PARAMETER);
    this.narrowing = new Narrowing(session);
  }

  /**
   * For tokens of a new authorization.
   *
   * @param scope the scope of the tokens
   * @return empty if the authorization was only about scopes
   * @throws Refusal if the request asks for more than was approved, or the grant is gone
   */
  public Optional<TokenDetails> of(Optional<CodeBinding> bound, UserModel user, String scope)
      throws Refusal {
    if (bound.isEmpty()) {
      refuseIntroduction();
      return Optional.empty();
    }
    Approval approval = bound.get().approval();
    if (approval.action() == null && approval.consentId() == null) {
      return Optional.of(
          details(approval.authorizationDetails(), approval.expiresAt(), null, user));
    }
    // Narrowing comes first: a refused request must not change a grant.
    if (approval.action() != GrantAction.MERGE) {
      narrowed(approval.authorizationDetails());
    }
    Grant grant = changeWithinLimits(bound.get(), user, scope);
    return Optional.of(details(grant.authorizationDetails(), grant.expiresAt(), grant, user));
  }

  /**
   * For tokens of a refresh request.
   *
   * @throws Refusal if the grant has ended or changed, or the request asks for more
   */
  public Optional<TokenDetails> of(RefreshToken token) throws Refusal {
    if (GrantClaims.grantId(token).isPresent()) {
      Grant grant =
          ActiveGrant.hold(session, realm, token)
              .filter(found -> found.clientId().equals(client.getId()))
              .orElseThrow(Issuance::gone);
      UserModel user = session.users().getUserById(realm, grant.userId());
      return Optional.of(details(grant.authorizationDetails(), grant.expiresAt(), grant, user));
    }
    List<ObjectNode> approved = TokenDetails.approved(token);
    Long expiresAt = TokenDetails.expiresAt(token);
    if (approved.isEmpty()) {
      refuseIntroduction();
      // The user may have approved only scopes and refused every object; the chosen lifetime still
      // applies.
      return expiresAt == null
          ? Optional.empty()
          : Optional.of(new TokenDetails(List.of(), List.of(), expiresAt, null));
    }
    return Optional.of(details(approved, expiresAt, null, user(token)));
  }

  /** The user of a token; null without a session, in which case Keycloak refuses the token. */
  private UserModel user(RefreshToken token) {
    UserSessionModel login = session.sessions().getUserSession(realm, token.getSessionId());
    if (login == null) {
      login = session.sessions().getOfflineUserSession(realm, token.getSessionId());
    }
    return login == null ? null : login.getUser();
  }

  /**
   * For tokens of an authorization without a code.
   *
   * @param approval empty if the authorization was only about scopes
   * @throws Refusal if the request asks for more, or the grant is gone
   */
  public Optional<TokenDetails> ofApproval(
      Optional<Approval> approval, UserModel user, String scope) throws Refusal {
    return of(approval.map(given -> new CodeBinding(given, Set.of())), user, scope);
  }

  private Grant changeWithinLimits(CodeBinding bound, UserModel user, String scope) throws Refusal {
    try {
      return change(bound, user, scope);
    } catch (ConsentTaken e) {
      throw new Refusal("invalid_grant", e.getMessage(), "ask the user for a new consent");
    } catch (GrantLimitExceeded e) {
      throw e.limit() == GrantLimitExceeded.Limit.SIZE
          ? InvalidAuthorizationDetails.refusal(e.getMessage())
          : new Refusal("invalid_grant", e.getMessage());
    }
  }

  private Grant change(CodeBinding bound, UserModel user, String scope) throws Refusal {
    Approval approval = bound.approval();
    Grants grants = session.getProvider(Grants.class);
    Grants.Consented consented =
        new Grants.Consented(
            scopes(scope, approval),
            bound.claims(),
            approval.authorizationDetails(),
            approval.expiresAt(),
            approval.consentId(),
            approval.action() != null);
    if (approval.action() == null || approval.action() == GrantAction.CREATE) {
      return grants.create(client, user, consented);
    }
    Grant before =
        grants
            .find(realm, approval.grantId())
            .filter(found -> found.clientId().equals(client.getId()))
            .filter(found -> found.userId().equals(user.getId()))
            .orElseThrow(Issuance::gone);
    Optional<Grant> changed =
        approval.action() == GrantAction.MERGE
            ? grants.merge(realm, before.id(), consented)
            : grants.replace(realm, before.id(), consented);
    return changed.orElseThrow(Issuance::gone);
  }

  private static Refusal gone() {
    return new Refusal(
        "invalid_grant",
        "the grant has ended or changed since",
        "use its latest refresh token, or ask the user again");
  }

  private TokenDetails details(
      List<ObjectNode> approved, Long expiresAt, Grant grant, UserModel user) throws Refusal {
    List<ObjectNode> living = narrowing.stillOwn(narrowing.stillValid(approved), user);
    return new TokenDetails(
        requested == null ? living : narrowed(living), approved, expiresAt, grant);
  }

  private List<ObjectNode> narrowed(List<ObjectNode> approved) throws Refusal {
    return requested == null
        ? approved
        : narrowing.narrow(DetailsCheck.parse(session, requested), approved);
  }

  /** No authorization details were approved, so there is nothing to narrow (RFC 9396 6). */
  private void refuseIntroduction() throws Refusal {
    if (requested != null) {
      throw InvalidAuthorizationDetails.refusal(
          "the authorization has no authorization_details; ask for them in an authorization"
              + " request");
    }
  }

  /** A grant does not depend on the user's session, so {@code offline_access} is not needed. */
  private static Set<String> scopes(String scope, Approval approval) {
    Set<String> scopes = new LinkedHashSet<>();
    if (scope != null && !scope.isBlank()) {
      scopes.addAll(List.of(scope.trim().split(" +")));
      scopes.remove(OAuth2Constants.OFFLINE_ACCESS);
    }
    if (approval.consent() != null && approval.consent().scope() != null) {
      scopes.add(approval.consent().scope());
    }
    return scopes;
  }

  /**
   * Tokens of a grant have all of its scopes, including those that were consented before a merge.
   */
  public static ClientSessionContext scoped(
      KeycloakSession session, ClientSessionContext original, TokenDetails details) {
    if (details.grant() == null) {
      return original;
    }
    ClientSessionContext whole =
        DefaultClientSessionContext.fromClientSessionAndScopeParameter(
            original.getClientSession(), details.grant().scope(), session);
    whole.setAttribute(
        OIDCLoginProtocol.NONCE_PARAM,
        original.getAttribute(OIDCLoginProtocol.NONCE_PARAM, String.class));
    return whole;
  }

  /** The form without the parameter for which Keycloak would look for its own providers. */
  static MultivaluedHashMap<String, String> withoutDetails(MultivaluedMap<String, String> form) {
    MultivaluedHashMap<String, String> rest = new MultivaluedHashMap<>();
    form.forEach(rest::put);
    rest.remove(AuthorizationDetails.PARAMETER);
    return rest;
  }

  /** The error response of the token endpoint; the transaction of the request is rolled back. */
  public static CorsErrorResponseException refused(
      ClientPolicyException refusal, KeycloakSession session, EventBuilder event, Cors cors) {
    session.getTransactionManager().setRollbackOnly();
    event.detail(Details.REASON, refusal.getErrorDetail()).error(refusal.getError());
    return new CorsErrorResponseException(
        cors, refusal.getError(), refusal.getErrorDetail(), refusal.getErrorStatus());
  }
}
