package io.github.fapipack.fapi1;

import io.github.fapipack.request.SentRequest;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.signing.RequireJwtResponseMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.util.TokenUtil;

/**
 * The authorization response is signed: by an ID token besides the code, or as a whole (JARM). A
 * code alone or an access token is never sent through the browser.
 */
@RuleId("fapi1-restrict-response-type")
@Clause({"FAPI1-ADV 5.2.2-2", "FAPI1-BASE 5.2.2-23", "FAPI1-ADV 5.2.2.1-1"})
public final class RestrictResponseType extends Rule<NoSettings> {

  private static final String CODE = "code";

  /** The order of the two has no meaning (OAuth 2.0 Multiple Response Types 3). */
  private static final List<String> HYBRID = List.of("code id_token", "id_token code");

  /** For the metadata. */
  public static final List<String> TYPES = List.of(HYBRID.get(0), CODE);

  /** For the metadata: the modes for an ID token besides the code, and those of JARM. */
  public static final List<String> MODES =
      Stream.concat(Stream.of("fragment", "form_post"), RequireJwtResponseMode.MODES.stream())
          .toList();

  public RestrictResponseType() {
    super(
        NoSettings.class,
        "Accepts code id_token, and code with a signed response, but no other response_type.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<SentRequest> sent = SentRequest.in(occasion.context());
    if (sent.isPresent()) {
      check(sent.get().parameters());
    }
  }

  private static void check(AuthorizationEndpointRequest request) throws Refusal {
    String type = request.getResponseType();
    if (type == null) {
      throw Refusal.invalidRequest("response_type is missing", "send code id_token, or code");
    }
    if (HYBRID.contains(type)) {
      if (!TokenUtil.isOIDCRequest(request.getScope())) {
        throw Refusal.invalidRequest("an ID token is for OpenID Connect", "send the scope openid");
      }
    } else if (!CODE.equals(type)) {
      throw new Refusal(
          "unsupported_response_type",
          "response_type is not supported",
          "send code id_token, or code with response_mode jwt");
    } else if (request.getResponseMode() == null
        || !RequireJwtResponseMode.MODES.contains(request.getResponseMode())) {
      throw Refusal.invalidRequest(
          "the response must be signed", "send response_mode jwt, or response_type code id_token");
    }
  }
}
