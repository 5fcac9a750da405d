package io.github.fapipack.requestobject;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.authorization.FrontChannelRule;
import io.github.fapipack.request.RequestObject;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Specification;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;

/**
 * Every authorization request must be a signed request object, pushed or by value; parameters
 * outside of it are ignored. A pushed request without one is refused when it is pushed, not later
 * in the user's browser.
 */
@RuleId("fapi2-require-signed-request-object")
@Clause({
  "FAPI2-MS 5.3.1-1",
  "RFC9126 2.3-2",
  "RFC9101 4-1",
  "RFC9101 4-5",
  "RFC9101 5-7",
  "RFC9101 5-9",
  "RFC9101 6.3-1",
  "FAPI1-ADV 5.2.2-1",
  "FAPI1-ADV 5.2.2-10"
})
public final class RequireSignedRequestObject extends Rule<NoSettings> {

  /**
   * The form parameters that are kept (RFC 9126 3): the client's id, the object, client
   * authentication.
   */
  private static final Set<String> BESIDE =
      Set.of(
          OIDCLoginProtocol.CLIENT_ID_PARAM,
          OIDCLoginProtocol.REQUEST_PARAM,
          OAuth2Constants.CLIENT_ASSERTION,
          OAuth2Constants.CLIENT_ASSERTION_TYPE);

  /** With these, the object would refer to another object. */
  private static final List<String> NOT_INSIDE =
      List.of(OIDCLoginProtocol.REQUEST_PARAM, OIDCLoginProtocol.REQUEST_URI_PARAM);

  private static final String DEMAND =
      "put all parameters into a request object that is signed with a key of the client, and send"
          + " it as the parameter 'request'";

  public RequireSignedRequestObject() {
    super(NoSettings.class, "Demands a signed request object in every authorization request.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof PushedAuthorizationRequestContext pushed) {
      JsonNode claims = signedClaims(occasion);
      checkScope(occasion, pushed.getRequestParameters(), claims.has(OAuth2Constants.SCOPE));
      if (occasion.isEnforced()) {
        pushed.getRequestParameters().keySet().retainAll(BESIDE);
        pushed.getRequest().getAdditionalReqParams().keySet().removeIf(name -> !claims.has(name));
      }
    } else if (occasion.context() instanceof AuthorizationRequestContext request) {
      if (!request.isParRequest()) {
        signedClaims(occasion);
      }
      boolean hasScope = request.getAuthorizationEndpointRequest().getScope() != null;
      checkScope(occasion, request.getRequestParameters(), hasScope);
    }
  }

  /**
   * A FAPI 1.0 client that sent its scope only outside the object must learn that the scope is
   * ignored.
   */
  private static void checkScope(
      Occasion occasion, MultivaluedMap<String, String> parameters, boolean inside) throws Refusal {
    if (occasion.specification() == Specification.FAPI1
        && !inside
        && FrontChannelRule.isScopeBeside(parameters)) {
      throw new Refusal(
          "invalid_request_object",
          "scope is outside of the request object",
          "put all parameters inside");
    }
  }

  private static JsonNode signedClaims(Occasion occasion) throws Refusal {
    Optional<RequestObject> sent = RequestObject.in(occasion);
    if (sent.isEmpty()) {
      throw Refusal.invalidRequest("the parameter 'request' is missing", DEMAND);
    }
    if (!isSigned(sent.get())) {
      throw new Refusal("invalid_request_object", DEMAND);
    }
    JsonNode claims = sent.get().claims();
    if (NOT_INSIDE.stream().anyMatch(claims::has)) {
      throw sent.get().refusal("it must not hold 'request' or 'request_uri'");
    }
    // The only parameter that Keycloak takes from outside if it is missing inside.
    if (!claims.has(OIDCLoginProtocol.RESPONSE_TYPE_PARAM)) {
      throw sent.get().refusal("response_type is missing; put all parameters inside");
    }
    return claims;
  }

  private static boolean isSigned(RequestObject object) {
    byte[] signature = object.jws().getSignature();
    return !"none".equals(object.algorithm()) && signature != null && signature.length > 0;
  }
}
