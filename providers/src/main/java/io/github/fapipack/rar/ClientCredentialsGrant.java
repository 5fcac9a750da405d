package io.github.fapipack.rar;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.AuthorizationDetails;
import io.github.fapipack.approval.Fault;
import io.github.fapipack.approval.InvalidAuthorizationDetails;
import io.github.fapipack.keycloak.Order;
import io.github.fapipack.request.ResourceIndicators;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ClientCredentialsGrantType;
import org.keycloak.protocol.oidc.grants.ClientCredentialsGrantTypeFactory;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.services.clientpolicy.ClientPolicyException;

/**
 * Keycloak's client credentials grant, extended: a client can get authorization details for itself,
 * of those types that need no user's approval (RFC 9396 6).
 */
@Clause("RFC9396 6-1")
public final class ClientCredentialsGrant extends ClientCredentialsGrantTypeFactory {

  @Override
  public OAuth2GrantType create(KeycloakSession session) {
    return RealmRules.of(session).isEmpty() ? super.create(session) : new Grant();
  }

  /** Above Keycloak's own grant with the same id. */
  @Override
  public int order() {
    return Order.BEFORE_OTHERS;
  }

  private static final class Grant extends ClientCredentialsGrantType {

    @Override
    public Set<String> getSupportedMultivaluedRequestParameters() {
      return Set.of(ResourceIndicators.PARAMETER);
    }

    @Override
    public Response process(Context context) {
      setContext(context);
      MultivaluedMap<String, String> form = context.getFormParams();
      String json = form.getFirst(AuthorizationDetails.PARAMETER);
      if (json == null || json.isBlank()) {
        return super.process(context);
      }
      List<ObjectNode> wanted = wanted(json);
      TokenDetails details = new TokenDetails(wanted, wanted, null, null);
      details.keep(session);
      context.setFormParams(Issuance.withoutDetails(form));
      Response response = super.process(context);
      details.writeTo(response);
      return response;
    }

    private List<ObjectNode> wanted(String json) {
      try {
        List<ObjectNode> details = AuthorizationDetailsGate.checked(session, client, json);
        requireNoUser(details);
        return new Narrowing(session).stillValid(details);
      } catch (ClientPolicyException e) {
        throw Issuance.refused(e, session, event, cors);
      }
    }

    private void requireNoUser(List<ObjectNode> details) throws Refusal {
      AuthorizationDetailsTypes types = AuthorizationDetailsTypes.of(session);
      for (int i = 0; i < details.size(); i++) {
        boolean possible =
            types
                .find(AuthorizationDetails.type(details.get(i)))
                .filter(type -> type.settings().clientCredentials())
                .isPresent();
        if (!possible) {
          throw InvalidAuthorizationDetails.refusal(
              new Fault("/" + i + "/type", "it needs a user's approval; ask for it with a code"));
        }
      }
    }
  }
}
