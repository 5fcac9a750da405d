package io.github.fapipack.ciba;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.List;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;

/**
 * The parameters of a request must have the types that CIBA defines: text without control
 * characters and, for {@code requested_expiry}, a positive number. Keycloak accepts an object or
 * {@code null} as text.
 */
@RuleId("fapi2-require-well-formed-authentication-request")
@Clause("CIBA 13-1")
public final class RequireWellFormedAuthenticationRequest extends Rule<NoSettings> {

  private static final List<String> TEXTS =
      List.of(
          OAuth2Constants.SCOPE,
          OAuth2Constants.ACR_VALUES,
          OIDCLoginProtocol.LOGIN_HINT_PARAM,
          OIDCLoginProtocol.ID_TOKEN_HINT,
          CibaGrantType.LOGIN_HINT_TOKEN,
          CibaGrantType.BINDING_MESSAGE,
          CibaGrantType.USER_CODE,
          CibaGrantType.CLIENT_NOTIFICATION_TOKEN);

  public RequireWellFormedAuthenticationRequest() {
    super(NoSettings.class, "Refuses parameters of the wrong type.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<AuthenticationRequest> request = AuthenticationRequest.in(occasion);
    if (request.isEmpty()) {
      return;
    }
    for (String name : TEXTS) {
      Optional<String> value = request.get().text(name);
      if (value.isPresent() && value.get().chars().anyMatch(Character::isISOControl)) {
        throw Refusal.invalidRequest(name + " has control characters", "leave them out");
      }
    }
    if (request.get().has(CibaGrantType.REQUESTED_EXPIRY) && !isPositive(expiry(request.get()))) {
      throw Refusal.invalidRequest("requested_expiry must be a positive number of seconds");
    }
  }

  private static String expiry(AuthenticationRequest request) {
    return request
        .object()
        .map(object -> object.claims().path(CibaGrantType.REQUESTED_EXPIRY))
        .filter(JsonNode::isValueNode)
        .map(JsonNode::asText)
        .orElseGet(() -> request.event().form().getFirst(CibaGrantType.REQUESTED_EXPIRY));
  }

  /** As a number or as text with digits: some clients copy their parameters from a form. */
  private static boolean isPositive(String number) {
    return number != null && number.matches("0*[1-9][0-9]{0,8}");
  }
}
