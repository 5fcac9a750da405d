package io.github.fapipack.token;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.client.RegisteredGrants;
import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.occasion.GrantEvent;
import io.github.fapipack.occasion.TokenEvent;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import java.util.List;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;

/**
 * Tokens are issued only by the grants that the profile lists, so that no other grant bypasses its
 * rules.
 */
@RuleId("fapi2-restrict-grant-types")
@Clause({"FAPI2-SP 5.3.2.1-2", "FAPI2-SP 5.1.2-p3"})
public final class RestrictGrantTypes extends Rule<RestrictGrantTypes.GrantTypes> {

  /** The grants that are served. */
  public record GrantTypes(
      @Setting(
              label = "Grant types",
              help = "Values of grant_type that the token endpoint serves.",
              value =
                  "authorization_code refresh_token client_credentials"
                      + " urn:openid:params:grant-type:ciba")
          List<String> grantTypes) {

    public GrantTypes {
      if (grantTypes == null || grantTypes.isEmpty()) {
        throw new IllegalArgumentException("field 'grantTypes' must name a grant type");
      }
      if (grantTypes.contains(OAuth2Constants.PASSWORD)
          || grantTypes.contains(OAuth2Constants.IMPLICIT)) {
        throw new IllegalArgumentException(
            "field 'grantTypes' must name neither password nor implicit, which FAPI forbids");
      }
      grantTypes = List.copyOf(grantTypes);
    }
  }

  public RestrictGrantTypes() {
    super(GrantTypes.class, "Serves only the listed grant types.");
  }

  @Override
  protected void check(Occasion occasion, GrantTypes settings) throws Refusal {
    if (occasion.context() instanceof ClientAuthenticationEvent request) {
      checkRequest(request, settings.grantTypes());
    } else if (occasion.context() instanceof GrantEvent request) {
      checkGrant(request.grantType(), settings.grantTypes());
    } else if (occasion.context() instanceof TokenEvent && isTokenEndpoint(occasion)) {
      checkGrant(
          occasion.request().getDecodedFormParameters().getFirst(OAuth2Constants.GRANT_TYPE),
          settings.grantTypes());
    }
    Optional<ProposedClient> proposed = ProposedClient.in(occasion.context());
    if (proposed.isPresent()) {
      RegisteredGrants.check(proposed.get(), settings.grantTypes());
    }
  }

  private static void checkRequest(ClientAuthenticationEvent request, List<String> allowed)
      throws Refusal {
    switch (request.endpoint()) {
      case TOKEN -> checkGrant(request.form().getFirst(OAuth2Constants.GRANT_TYPE), allowed);
      case DEVICE_AUTHORIZATION -> checkGrant(OAuth2Constants.DEVICE_CODE_GRANT_TYPE, allowed);
      case BACKCHANNEL_AUTHENTICATION -> checkGrant(OAuth2Constants.CIBA_GRANT_TYPE, allowed);
      default -> {
        // the request starts no grant
      }
    }
  }

  private static void checkGrant(String grantType, List<String> allowed) throws Refusal {
    if (grantType != null && !allowed.contains(grantType)) {
      throw new Refusal(
          OAuthErrorException.UNSUPPORTED_GRANT_TYPE,
          "this grant is not served",
          "use one of " + String.join(", ", allowed));
    }
  }

  private static boolean isTokenEndpoint(Occasion occasion) {
    return Endpoint.of(occasion.session()) == Endpoint.TOKEN;
  }
}
