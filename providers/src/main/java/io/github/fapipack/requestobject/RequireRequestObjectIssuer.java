package io.github.fapipack.requestobject;

import io.github.fapipack.occasion.BackchannelRequestEvent;
import io.github.fapipack.request.RequestObject;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import java.util.Optional;

/**
 * A request object must name its client: {@code iss} and, in a pushed request, {@code client_id}
 * are the authenticated client. {@code sub} must not be the client, otherwise the object could be
 * used as a client assertion.
 */
@RuleId("fapi2-require-request-object-issuer")
@Clause({"RFC9101 4-2", "RFC9101 5-2.6", "RFC9126 3-3", "RFC9101 10.8-2", "CIBA 7.1.1-2"})
public final class RequireRequestObjectIssuer extends Rule<RequireRequestObjectIssuer.Settings> {

  /** Whether a request object must have an issuer. */
  public record Settings(
      @Setting(
              label = "iss required",
              help =
                  "Off, iss may be left out of authorization requests, as FAPI 1.0 has it; a wrong"
                      + " one is refused anyway.",
              value = "true")
          boolean issuerRequired) {}

  public RequireRequestObjectIssuer() {
    super(Settings.class, "Request objects must name the client as iss and as client_id.");
  }

  @Override
  protected void check(Occasion occasion, Settings settings) throws Refusal {
    Optional<RequestObject> object = RequestObject.in(occasion);
    if (object.isEmpty()) {
      return;
    }
    String clientId = occasion.client().getClientId();
    // CIBA Core 7.1.1 demands iss, whatever the generation of FAPI says of authorization requests.
    boolean backchannel = occasion.context() instanceof BackchannelRequestEvent;
    boolean needed = settings.issuerRequired() || backchannel || object.get().claims().has("iss");
    if (needed && !object.get().says("iss", clientId)) {
      throw object.get().refusal("iss must be the client_id of the client that sends it");
    }
    // CIBA Core 7.1.1 does not define client_id as a claim; if it is present, it must be right.
    if (!(backchannel && !object.get().claims().has("client_id"))
        && !object.get().says("client_id", clientId)) {
      throw object
          .get()
          .refusal("client_id must be inside, and must be that of the authenticated client");
    }
    if (object.get().says("sub", clientId)) {
      throw object.get().refusal("sub must not be the client_id; leave it out");
    }
  }
}
