package io.github.fapipack.ciba;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.request.RequestObject;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * A backchannel authentication request must be signed as a whole: every parameter is inside the
 * request object, which has a time of creation and an identifier; besides it there is only client
 * authentication.
 */
@RuleId("fapi2-require-signed-authentication-request")
@Clause({"CIBA 7.1.1-1", "CIBA 7.1.1-2"})
public final class RequireSignedAuthenticationRequest extends Rule<NoSettings> {

  private static final Set<String> BESIDE =
      Set.of(
          OAuth2Constants.CLIENT_ID,
          OIDCLoginProtocol.REQUEST_PARAM,
          OAuth2Constants.CLIENT_ASSERTION,
          OAuth2Constants.CLIENT_ASSERTION_TYPE);

  /** With these, the object would refer to another object, or be used by another client. */
  private static final List<String> NOT_INSIDE =
      List.of(
          OIDCLoginProtocol.REQUEST_PARAM,
          OIDCLoginProtocol.REQUEST_URI_PARAM,
          OAuth2Constants.CLIENT_ASSERTION,
          OAuth2Constants.CLIENT_SECRET);

  public RequireSignedAuthenticationRequest() {
    super(NoSettings.class, "Demands that backchannel authentication requests are signed.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<AuthenticationRequest> request = AuthenticationRequest.in(occasion);
    if (request.isEmpty()) {
      return;
    }
    RequestObject object =
        request
            .get()
            .object()
            .orElseThrow(
                () ->
                    Refusal.invalidRequest(
                        "put all parameters into a JWT that is signed with a key of the client, and"
                            + " send it as the parameter 'request'"));
    for (String name : request.get().event().form().keySet()) {
      if (!BESIDE.contains(name)) {
        throw Refusal.invalidRequest(
            "parameter " + name + " is beside the request object", "put it inside");
      }
    }
    checkClaims(object);
  }

  private static void checkClaims(RequestObject object) throws Refusal {
    if (NOT_INSIDE.stream().anyMatch(object.claims()::has)) {
      throw object.refusal("it must not contain another request or client authentication");
    }
    if (object.time("iat").isEmpty()) {
      throw object.refusal("iat is missing; send the time of its creation in seconds");
    }
    JsonNode jti = object.claims().path("jti");
    if (!jti.isTextual() || jti.textValue().isBlank()) {
      throw object.refusal("jti is missing; send a string that is new in each request");
    }
  }
}
