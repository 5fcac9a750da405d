package io.github.fapipack.token;

import io.github.fapipack.occasion.BackchannelRequestEvent;
import io.github.fapipack.occasion.TokenEvent;
import io.github.fapipack.request.ResourceIndicators;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;

/**
 * Tokens are issued for the resources that a client asks for (RFC 8707), if the realm knows them; a
 * token request may ask for some or all of the authorized ones.
 */
@RuleId("fapi2-restrict-resource-indicators")
@Clause("RFC8707 2")
public final class RestrictResourceIndicators extends Rule<RestrictResourceIndicators.Resources> {

  /** The resources that the realm knows. */
  public record Resources(
      @Setting(
              label = "Resources",
              help =
                  "URLs that clients may name in resource, each as it is sent; with none, resource"
                      + " is ignored.",
              value = "")
          List<String> resources) {

    public Resources {
      resources = resources == null ? List.of() : List.copyOf(resources);
      if (!resources.stream().allMatch(ResourceIndicators::isWellFormed)) {
        throw new IllegalArgumentException(
            "field 'resources' must name absolute URIs without a fragment");
      }
    }
  }

  public RestrictResourceIndicators() {
    super(Resources.class, "Issues tokens for the requested resources, if the realm knows them.");
  }

  /** Whether the audience of a token consists only of resources that its realm knows. */
  public static boolean isForResources(KeycloakSession session, JsonWebToken token) {
    KnownResources known =
        new KnownResources(
            session.getContext().getRealm(),
            RealmRules.of(session)
                .settings(session, RestrictResourceIndicators.class)
                .map(Resources::resources)
                .orElse(List.of()));
    return known.areAny()
        && token.getAudience() != null
        && token.getAudience().length > 0
        && Arrays.stream(token.getAudience()).allMatch(known::have);
  }

  @Override
  public boolean isStanding() {
    return true;
  }

  @Override
  protected void check(Occasion occasion, Resources settings) throws Refusal {
    KnownResources known = new KnownResources(occasion.realm(), settings.resources());
    if (occasion.context() instanceof PushedAuthorizationRequestContext pushed) {
      List<String> asked = checked(ResourceIndicators.asked(occasion), known);
      if (known.areAny() && occasion.isEnforced()) {
        ResourceIndicators.store(pushed.getRequestParameters(), asked);
      }
    } else if (occasion.context() instanceof AuthorizationRequestContext request) {
      checkAuthorization(occasion, request, known);
    } else if (occasion.context() instanceof BackchannelRequestEvent request) {
      List<String> asked = checked(ResourceIndicators.asked(occasion, request), known);
      if (known.areAny() && occasion.isEnforced()) {
        ResourceIndicators.keep(occasion.session(), asked);
      }
    } else if (occasion.context() instanceof TokenEvent tokens && known.areAny()) {
      checkTokens(occasion, tokens, known);
    }
  }

  private static List<String> checked(List<String> asked, KnownResources known) throws Refusal {
    if (!asked.stream().allMatch(ResourceIndicators::isWellFormed)) {
      throw invalid("resource must be an absolute URI without a fragment");
    }
    if (known.areAny() && !asked.stream().allMatch(known::have)) {
      throw invalid("resource is not known here; name one that this server issues tokens for");
    }
    return asked;
  }

  private static void checkAuthorization(
      Occasion occasion, AuthorizationRequestContext request, KnownResources known) throws Refusal {
    Optional<List<String>> stored =
        ResourceIndicators.stored(occasion.session(), request.getRequestParameters());
    List<String> asked =
        checked(stored.isPresent() ? stored.get() : ResourceIndicators.asked(occasion), known);
    if (known.areAny() && occasion.isEnforced() && !asked.isEmpty()) {
      // Keycloak writes it into the code.
      request
          .getAuthenticationSession()
          .setClientNote(ResourceIndicators.PARAMETER, String.join(" ", asked));
    }
  }

  private static void checkTokens(Occasion occasion, TokenEvent tokens, KnownResources known)
      throws Refusal {
    if (tokens.clientSession().getAttribute(Constants.GRANT_TYPE, String.class) == null
        || tokens.accessToken() == null) {
      return; // not a token request
    }
    List<String> asked =
        checked(ResourceIndicators.of(occasion.request().getDecodedFormParameters()), known);
    if (tokens.authorized().isPresent() && !tokens.authorized().get().containsAll(asked)) {
      throw invalid(
          "resource was not authorized; name one that the authorization request named, or leave it"
              + " out");
    }
    List<String> authorized = tokens.authorized().orElse(asked);
    Set<String> audience = new LinkedHashSet<>();
    for (String resource : asked.isEmpty() ? authorized : asked) {
      audience.add(
          known
              .audience(resource, tokens.accessToken().getAudience())
              .orElseThrow(
                  () -> invalid("resource is not one of this client or not known any more")));
    }
    if (occasion.isEnforced() && !audience.isEmpty()) {
      tokens.accessToken().audience(audience.toArray(String[]::new));
      if (tokens.refreshToken() != null) {
        tokens.refreshToken().getOtherClaims().put(ResourceIndicators.PARAMETER, authorized);
      }
    }
  }

  private static Refusal invalid(String sentence) {
    return new Refusal(OAuthErrorException.INVALID_TARGET, sentence);
  }
}
