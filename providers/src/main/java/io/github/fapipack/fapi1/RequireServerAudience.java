package io.github.fapipack.fapi1;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.authentication.AssertionAudiences;
import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.request.ClientAssertion;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.keycloak.models.KeycloakContext;
import org.keycloak.protocol.oidc.OIDCLoginProtocolService;
import org.keycloak.services.Urls;

/**
 * A client assertion must be meant for this server: {@code aud} is or contains the issuer, the
 * token endpoint or the called endpoint. FAPI 2.0 accepts only the issuer.
 */
@RuleId("fapi1-require-server-audience")
@Clause({"FAPI1-ADV 5.2.2-14", "RFC7523 3-3"})
public final class RequireServerAudience extends Rule<NoSettings> {

  public RequireServerAudience() {
    super(
        NoSettings.class,
        "Client assertions must have the issuer, the token endpoint or the endpoint that is called"
            + " in their audience.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<ClientAssertion> assertion = ClientAssertion.in(occasion.context());
    if (assertion.isEmpty()) {
      return;
    }
    KeycloakContext context = occasion.session().getContext();
    String issuer = Urls.realmIssuer(context.getUri().getBaseUri(), occasion.realm().getName());
    String tokenEndpoint =
        OIDCLoginProtocolService.tokenUrl(context.getUri().getBaseUriBuilder())
            .build(occasion.realm().getName())
            .toString();
    List<String> own =
        List.of(issuer, tokenEndpoint, context.getUri().getAbsolutePath().toString());
    JsonNode audience = assertion.get().claims().path("aud");
    if (!members(audience).allMatch(JsonNode::isTextual)
        || members(audience).map(JsonNode::textValue).noneMatch(own::contains)) {
      throw Refusal.invalidClient(
          "aud of client_assertion must be, or have, the issuer or the token endpoint: " + issuer);
    }
    if (occasion.isEnforced() && occasion.context() instanceof ClientAuthenticationEvent request) {
      AssertionAudiences.allowSeveral(occasion.session(), request.client());
    }
  }

  private static Stream<JsonNode> members(JsonNode audience) {
    return audience.isArray()
        ? StreamSupport.stream(audience.spliterator(), false)
        : Stream.of(audience);
  }
}
