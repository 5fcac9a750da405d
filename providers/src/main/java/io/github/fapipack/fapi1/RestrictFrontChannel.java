package io.github.fapipack.fapi1;

import io.github.fapipack.authorization.FrontChannelRule;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.RuleId;
import java.util.Set;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * An authorization request is a request object by value or was pushed before. No other address is
 * fetched, other parameters of the browser's request are ignored, and each request gives one
 * response.
 */
@RuleId("fapi1-restrict-front-channel")
@Clause({
  "FAPI1-ADV 5.2.2-10",
  "FAPI1-ADV 5.2.2-11",
  "RFC9101 5-2.2",
  "RFC9101 5.2-4",
  "RFC9101 10.2-1",
  "RFC9126 2.2-3",
  "RFC9126 4-2"
})
public final class RestrictFrontChannel extends FrontChannelRule {

  public RestrictFrontChannel() {
    super(
        "Accepts authorization requests only as a request object, by value or pushed before.",
        Set.of(OIDCLoginProtocol.REQUEST_PARAM, OIDCLoginProtocol.REQUEST_URI_PARAM),
        "send client_id and either the signed request object as the parameter request, or a"
            + " request_uri of the pushed authorization endpoint; no other address is fetched");
  }
}
