package io.github.fapipack.authentication;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.request.ClientAssertion;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.protocol.oidc.OIDCLoginProtocolService;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;
import org.keycloak.services.Urls;

/**
 * A client assertion must be meant for this issuer only: {@code aud} is the issuer identifier, as
 * one JSON string, at every endpoint (FAPI2-SP 5.3.2.1-8). For CIBA a realm may also accept the
 * endpoints that CIBA 7.1 lists.
 */
@RuleId("fapi2-require-issuer-audience")
@Clause({"FAPI2-SP 5.3.2.1-8", "RFC7523 3-3", "FAPI-CIBA 4.1.1-p11", "CIBA 7.1-p2"})
public final class RequireIssuerAudience extends Rule<RequireIssuerAudience.Settings> {

  /**
   * The grants for which CIBA's audiences may be accepted; for an authorization code only the
   * issuer is.
   */
  private static final Set<String> CIBA_GRANTS =
      Set.of(OAuth2Constants.CIBA_GRANT_TYPE, OAuth2Constants.REFRESH_TOKEN);

  /**
   * Which audiences are accepted besides the issuer.
   *
   * @param strictForCiba whether only the issuer is accepted in CIBA too
   */
  public record Settings(
      @Setting(
              label = "Strict for CIBA",
              help =
                  "If off, the token endpoint and the backchannel authentication endpoint are taken"
                      + " as audience too (CIBA 7.1), in backchannel authentication requests and"
                      + " with the CIBA and refresh grants.",
              value = "true")
          boolean strictForCiba) {}

  public RequireIssuerAudience() {
    super(Settings.class, "Client assertions must have the issuer as audience, as one string.");
  }

  @Override
  protected void check(Occasion occasion, Settings settings) throws Refusal {
    Optional<ClientAssertion> assertion = ClientAssertion.in(occasion.context());
    if (assertion.isEmpty() || !(occasion.context() instanceof ClientAuthenticationEvent request)) {
      return;
    }
    URI base = occasion.session().getContext().getUri().getBaseUri();
    String realm = occasion.realm().getName();
    String issuer = Urls.realmIssuer(base, realm);
    List<String> accepted =
        !settings.strictForCiba() && isCiba(request)
            ? List.of(issuer, tokenEndpoint(base, realm), backchannelEndpoint(base, realm))
            : List.of(issuer);
    JsonNode audience = assertion.get().claims().path("aud");
    // Read from the raw JSON, because parsers treat an array with one element like a string.
    if (!audience.isTextual() || !accepted.contains(audience.textValue())) {
      throw Refusal.invalidClient(
          "aud of client_assertion must be the issuer as one string, not an array: "
              + String.join(" or ", accepted));
    }
  }

  private static boolean isCiba(ClientAuthenticationEvent request) {
    return request.endpoint() == Endpoint.BACKCHANNEL_AUTHENTICATION
        || (request.endpoint() == Endpoint.TOKEN
            && CIBA_GRANTS.contains(
                String.valueOf(request.form().getFirst(OAuth2Constants.GRANT_TYPE))));
  }

  private static String tokenEndpoint(URI base, String realm) {
    return OIDCLoginProtocolService.tokenUrl(UriBuilder.fromUri(base)).build(realm).toString();
  }

  private static String backchannelEndpoint(URI base, String realm) {
    return CibaGrantType.authorizationUrl(UriBuilder.fromUri(base)).build(realm).toString();
  }
}
