package io.github.fapipack.security;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;

/**
 * A request object, where a client sends one, is signed with PS256, ES256 or EdDSA, also inside an
 * encrypted one. Keycloak takes {@code none} from every client that has not chosen an algorithm.
 */
@Clause({"FAPI2-SP 5.4.1-1.3", "FAPI2-SP 5.4.1-1.2"})
public final class RestrictRequestObjectAlgorithm extends Rule<NoSettings> {

  public RestrictRequestObjectAlgorithm() {
    super(NoSettings.class, "Accepts only request objects that are signed as FAPI allows.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (!(occasion.context() instanceof PushedAuthorizationRequestContext pushed)) {
      return;
    }
    String requestObject = pushed.getRequestParameters().getFirst(OIDCLoginProtocol.REQUEST_PARAM);
    if (requestObject == null) {
      return;
    }
    List<String> signed = signatures(occasion, pushed.getClient(), requestObject);
    if (signed.isEmpty() || !Algorithms.ALLOWED.containsAll(signed)) {
      throw new Refusal(
          "invalid_request_object",
          "the request object must be signed with PS256, ES256 or EdDSA and a key of the client");
    }
  }

  /** The algorithms of the signatures that Keycloak has verified, decrypting where it must. */
  private static List<String> signatures(
      Occasion occasion, ClientModel client, String requestObject) {
    List<String> found = new ArrayList<>();
    JsonNode claims =
        occasion
            .session()
            .tokens()
            .decodeClientJWT(
                requestObject,
                client,
                (jwt, owner) -> {
                  if (jwt instanceof JWSInput) {
                    found.add(String.valueOf(jwt.getHeader().getRawAlgorithm()));
                  }
                },
                JsonNode.class,
                false);
    return claims == null ? List.of() : found;
  }
}
