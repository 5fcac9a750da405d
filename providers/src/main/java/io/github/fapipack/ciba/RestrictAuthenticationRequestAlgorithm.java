package io.github.fapipack.ciba;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.request.RequestObject;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.RequestKey;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Backchannel authentication requests must be signed with PS256 or ES256, and with the algorithm
 * that the client has registered. A client that has registered none, because it is older than the
 * rule, may use both: Keycloak would refuse its requests, so Keycloak gets a view of the client in
 * which the used algorithm is registered.
 */
@RuleId("fapi2-restrict-authentication-request-algorithm")
@Clause({"FAPI-CIBA 5.10-1", "FAPI-CIBA 5.10-2", "FAPI-CIBA 5.10-3", "CIBA 7.2-1"})
public final class RestrictAuthenticationRequestAlgorithm extends Rule<NoSettings> {

  /** In the order of the metadata. */
  public static final List<String> ALGORITHMS = List.of("PS256", "ES256");

  static final String REGISTERED = CibaConfig.CIBA_BACKCHANNEL_AUTH_REQUEST_SIGNING_ALG;
  private static final RequestKey<String> ASSUMED = new RequestKey<>();

  public RestrictAuthenticationRequestAlgorithm() {
    super(
        NoSettings.class,
        "Accepts backchannel authentication requests that are signed with PS256 or ES256.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<RequestObject> object =
        AuthenticationRequest.in(occasion).flatMap(AuthenticationRequest::object);
    if (object.isPresent()) {
      checkObject(occasion, object.get());
    }
    Optional<ProposedClient> proposed = ProposedClient.in(occasion.context());
    if (proposed.isPresent()) {
      checkRegistered(proposed.get().attribute(REGISTERED));
    }
  }

  private static void checkObject(Occasion occasion, RequestObject object) throws Refusal {
    String used = object.algorithm();
    byte[] signature = object.jws().getSignature();
    if (!ALGORITHMS.contains(used) || signature == null || signature.length == 0) {
      throw object.refusal("it must be signed with PS256 or ES256 and a key of the client");
    }
    ClientModel client = occasion.client();
    String registered = client.getAttribute(REGISTERED);
    if (registered == null || registered.isBlank()) {
      assume(occasion, used);
    } else if (!ALGORITHMS.contains(registered)) {
      occasion.correct(client, REGISTERED + " open", stored -> stored.removeAttribute(REGISTERED));
      assume(occasion, used);
    } else if (!registered.equals(used)) {
      throw object.refusal(
          "the client has registered backchannel_authentication_request_signing_alg " + registered);
    }
  }

  private static void assume(Occasion occasion, String algorithm) {
    if (occasion.isEnforced()) {
      ASSUMED.set(occasion.session(), algorithm);
    }
  }

  /** The algorithm that counts as registered in the current request, if the client has none. */
  static Optional<String> assumed(KeycloakSession session) {
    return ASSUMED.in(session);
  }

  private static void checkRegistered(String algorithm) throws Refusal {
    if (algorithm != null && !algorithm.isEmpty() && !ALGORITHMS.contains(algorithm)) {
      throw ProposedClient.refusal(
          "backchannel_authentication_request_signing_alg must be PS256 or ES256, or be left out");
    }
  }
}
