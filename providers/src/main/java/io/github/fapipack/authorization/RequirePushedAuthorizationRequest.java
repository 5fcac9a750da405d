package io.github.fapipack.authorization;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.RuleId;
import java.util.Set;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/** Authorization requests are accepted only through the pushed authorization endpoint. */
@RuleId("fapi2-require-pushed-authorization-request")
@Clause({"FAPI2-SP 5.3.2.2-3", "FAPI2-SP 5.3.2.2-2", "RFC9126 2.2-3", "RFC9126 4-2"})
public final class RequirePushedAuthorizationRequest extends FrontChannelRule {

  public RequirePushedAuthorizationRequest() {
    super(
        "Accepts authorization requests only through the pushed authorization endpoint.",
        Set.of(OIDCLoginProtocol.REQUEST_URI_PARAM),
        "push the request to the pushed authorization endpoint first and send only client_id"
            + " and the request_uri that it returns");
  }
}
