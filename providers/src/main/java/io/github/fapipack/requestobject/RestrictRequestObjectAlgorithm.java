package io.github.fapipack.requestobject;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.jose.AllowedAlgorithms;
import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.request.RequestObject;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;

/**
 * A request object must be signed with PS256, ES256 or EdDSA, even if it is encrypted as well.
 * Keycloak accepts {@code none} from every client that has not registered an algorithm.
 */
@RuleId("fapi2-restrict-request-object-algorithm")
@Clause({"FAPI2-SP 5.4.1-1.3", "FAPI2-SP 5.4.1-1.2", "FAPI1-ADV 8.6-1", "FAPI1-ADV 8.6-3"})
public final class RestrictRequestObjectAlgorithm extends Rule<AllowedAlgorithms> {

  private static final String CHOICE = OIDCConfigAttributes.REQUEST_OBJECT_SIGNATURE_ALG;

  public RestrictRequestObjectAlgorithm() {
    super(AllowedAlgorithms.class, "Accepts only request objects that are signed as FAPI allows.");
  }

  @Override
  protected void check(Occasion occasion, AllowedAlgorithms settings) throws Refusal {
    if (occasion.context() instanceof ClientAuthenticationEvent
        || occasion.context() instanceof PreAuthorizationRequestContext) {
      correct(occasion, settings);
    }
    Optional<RequestObject> object = RequestObject.in(occasion);
    if (object.isPresent() && !settings.has(object.get().algorithm())) {
      throw object
          .get()
          .refusal("it must be signed with a key of the client and one of " + settings);
    }
    Optional<ProposedClient> proposed = ProposedClient.in(occasion.context());
    String wanted = proposed.map(client -> client.value(CHOICE)).orElse(null);
    // In the admin console "any" means no choice, but Keycloak treats it as the name of an
    // algorithm.
    if (isOther(wanted, settings) && !wanted.equals("any")) {
      proposed
          .get()
          .refuseNew(
              "request_object_signing_alg",
              CHOICE,
              "must be one of " + settings + ", or be left out");
    }
  }

  /**
   * With another algorithm registered, Keycloak would refuse every object that this rule accepts.
   */
  private static void correct(Occasion occasion, AllowedAlgorithms settings) {
    ClientModel client = occasion.client();
    String chosen = client == null ? null : client.getAttribute(CHOICE);
    if (isOther(chosen, settings)) {
      occasion.correct(client, CHOICE + " open", stored -> stored.removeAttribute(CHOICE));
    }
  }

  private static boolean isOther(String chosen, AllowedAlgorithms settings) {
    return chosen != null && !chosen.isEmpty() && !settings.has(chosen);
  }
}
