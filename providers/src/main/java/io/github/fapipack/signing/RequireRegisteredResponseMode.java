package io.github.fapipack.signing;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.client.SigningMetadata;
import io.github.fapipack.request.SentRequest;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.List;
import java.util.Optional;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.protocol.oidc.utils.OIDCResponseMode;
import org.keycloak.protocol.oidc.utils.OIDCResponseType;

/**
 * A client with registered {@code response_modes} may use only these. The effective mode counts:
 * for the code flow {@code jwt} is {@code query.jwt}, and an absent one is {@code query}.
 */
@RuleId("fapi2-require-registered-response-mode")
@Clause("FAPI2-MS 5.3.3-p3.1")
public final class RequireRegisteredResponseMode extends Rule<NoSettings> {

  public RequireRegisteredResponseMode() {
    super(
        NoSettings.class, "Lets a client use only the response_modes that are registered for it.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<SentRequest> sent = SentRequest.in(occasion.context());
    if (sent.isPresent()) {
      check(occasion, sent.get().parameters());
    }
    Optional<ProposedClient> proposed = ProposedClient.in(occasion.context());
    if (proposed.isPresent()) {
      checkRegistered(occasion, proposed.get());
    }
  }

  private static void checkRegistered(Occasion occasion, ProposedClient client) throws Refusal {
    String modes = client.value(SigningMetadata.RESPONSE_MODES);
    List<String> served = SigningSupport.responseModes(occasion.session());
    if (modes != null
        && client.changes(SigningMetadata.RESPONSE_MODES)
        && !served.containsAll(SigningMetadata.values(modes))) {
      throw ProposedClient.refusal(
          "response_modes must hold some of " + String.join(", ", served) + ", or be left out",
          SigningMetadata.RESPONSE_MODES);
    }
  }

  private static void check(Occasion occasion, AuthorizationEndpointRequest request)
      throws Refusal {
    List<String> registered =
        occasion.client() == null
            ? List.of()
            : SigningMetadata.listOf(occasion.client(), SigningMetadata.RESPONSE_MODES);
    if (registered.isEmpty()) {
      return;
    }
    String type = request.getResponseType();
    OIDCResponseMode wanted = mode(request.getResponseMode(), type);
    if (wanted == null || registered.stream().noneMatch(mode -> wanted == mode(mode, type))) {
      throw Refusal.invalidRequest(
          "response_mode is not registered for the client",
          "send one of its response_modes: " + String.join(", ", registered));
    }
  }

  /** Null if the mode does not exist. */
  private static OIDCResponseMode mode(String name, String responseType) {
    try {
      return OIDCResponseMode.parse(name, OIDCResponseType.parse(responseType));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
