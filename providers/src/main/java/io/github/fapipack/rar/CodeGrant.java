package io.github.fapipack.rar;

import io.github.fapipack.identity.LoginFacts;
import io.github.fapipack.keycloak.MarkedCode;
import io.github.fapipack.keycloak.Order;
import io.github.fapipack.request.ResourceIndicators;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.grants.AuthorizationCodeGrantType;
import org.keycloak.protocol.oidc.grants.AuthorizationCodeGrantTypeFactory;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.TokenResponseContext;

/** Keycloak's authorization code grant, extended: a code gives what was approved with it. */
@Clause({"RFC9396 7-1", "GM 5.5-2", "GM 5.5-3"})
public final class CodeGrant extends AuthorizationCodeGrantTypeFactory {

  @Override
  public OAuth2GrantType create(KeycloakSession session) {
    return RealmRules.of(session).isEmpty() ? super.create(session) : new Grant();
  }

  /** Above Keycloak's own grant with the same id. */
  @Override
  public int order() {
    return Order.BEFORE_OTHERS;
  }

  private static final class Grant extends AuthorizationCodeGrantType {

    private MultivaluedMap<String, String> form;
    private Optional<String> key = Optional.empty();

    @Override
    public Set<String> getSupportedMultivaluedRequestParameters() {
      return Set.of(ResourceIndicators.PARAMETER);
    }

    @Override
    public Response process(Context context) {
      form = context.getFormParams();
      key = MarkedCode.mark(context.getSession(), form.getFirst(OAuth2Constants.CODE));
      LoginFacts.ofCode(context.getSession(), form.getFirst(OAuth2Constants.CODE))
          .ifPresent(facts -> facts.keep(context.getSession(), context.getEvent()));
      if (key.isEmpty()) {
        SpentCodes.voidTokens(context.getSession(), form.getFirst(OAuth2Constants.CODE));
      }
      setContext(context);
      requireConsent();
      context.setFormParams(Issuance.withoutDetails(form));
      return super.process(context);
    }

    private void requireConsent() {
      if (key.isPresent()) {
        try {
          new ConsentUse(session).ofCode(key.get(), client);
        } catch (ClientPolicyException e) {
          throw Issuance.refused(e, session, event, cors);
        }
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
      Optional<CodeBinding> bound =
          key.flatMap(carried -> CodeBinding.claim(session, carried, userSession));
      if (key.isPresent() && bound.isEmpty()) {
        throw refused(
            new Refusal("invalid_grant", "what was approved with this code is not known any more"));
      }
      Optional<TokenDetails> details;
      try {
        details = new Issuance(session, form).of(bound, user, clientSession.getScopeString());
      } catch (Refusal e) {
        throw refused(e);
      }
      details.ifPresent(known -> known.keep(session));
      details
          .map(TokenDetails::grant)
          .ifPresent(
              grant -> SpentCodes.remember(session, form.getFirst(OAuth2Constants.CODE), grant));
      ClientSessionContext of =
          details
              .map(known -> Issuance.scoped(session, clientSession, known))
              .orElse(clientSession);
      Response response =
          super.createTokenResponse(
              user,
              userSession,
              of,
              of == clientSession ? scope : of.getScopeString(),
              code,
              builder -> {
                ClientPolicyContext made = policyContext.apply(builder);
                if (made instanceof TokenResponseContext redeemed) {
                  builder.code(MarkedCode.restored(redeemed.getParseResult().getCodeData()));
                }
                return made;
              });
      details.ifPresent(known -> known.writeTo(response));
      return response;
    }

    private CorsErrorResponseException refused(Refusal refusal) {
      return Issuance.refused(refusal, session, event, cors);
    }
  }
}
