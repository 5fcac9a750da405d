package io.github.fapipack.rar;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.AuthorizationDetails;
import io.github.fapipack.approval.InvalidAuthorizationDetails;
import io.github.fapipack.authorization.RequireEssentialAcr;
import io.github.fapipack.identity.LoginFacts;
import io.github.fapipack.occasion.BackchannelRequestEvent;
import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.occasion.GrantEvent;
import io.github.fapipack.request.EssentialAcr;
import io.github.fapipack.request.RequestObject;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;

/**
 * Clients may ask for authorization details of the realm's types, valid for these types and within
 * limits, and only at endpoints that process them: faults are refused at once, and nothing is
 * ignored silently.
 */
@RuleId("fapi2-restrict-authorization-details")
@Clause({
  "RFC9396 5-1",
  "RFC9396 5-2",
  "RFC9396 2-1",
  "RFC9396 2.2-1",
  "RFC9396 3-1",
  "RFC9396 8-1",
  "RFC9396 10-2",
  "RFC9396 12-2"
})
public final class RestrictAuthorizationDetails extends Rule<RestrictAuthorizationDetails.Limits> {

  /** The limits if no policy sets others. */
  static final Limits STANDARD = new Limits(10, 10_000, 10);

  private static final int MOST_CHARACTERS = 40_000;

  /**
   * The grants whose token requests may contain the parameter: to ask for less, or for the client
   * itself.
   */
  private static final Set<String> GRANTS =
      Set.of(
          OAuth2Constants.AUTHORIZATION_CODE,
          OAuth2Constants.REFRESH_TOKEN,
          OAuth2Constants.CLIENT_CREDENTIALS,
          OAuth2Constants.CIBA_GRANT_TYPE);

  /** The maximum size. */
  public record Limits(
      @Setting(
              label = "Most objects",
              help = "Authorization details in one request, from 1 to 100.",
              value = "10")
          int maxObjects,
      @Setting(
              label = "Longest authorization_details (characters)",
              help = "Characters of the JSON text in one request, from 100 to 40000.",
              value = "10000")
          int maxCharacters,
      @Setting(
              label = "Deepest nesting",
              help = "Objects and arrays within each other, from 1 to 50.",
              value = "10")
          int maxDepth) {

    public Limits {
      require(maxObjects, 1, 100, "maxObjects");
      require(maxCharacters, 100, MOST_CHARACTERS, "maxCharacters");
      require(maxDepth, 1, 50, "maxDepth");
    }

    private static void require(int value, int least, int most, String field) {
      if (value < least || value > most) {
        throw new IllegalArgumentException(
            "field '" + field + "' must be from " + least + " to " + most);
      }
    }
  }

  public RestrictAuthorizationDetails() {
    super(Limits.class, "Accepts authorization details as their types define them, within limits.");
  }

  @Override
  protected void check(Occasion occasion, Limits limits) throws Refusal {
    if (occasion.context() instanceof ClientAuthenticationEvent request) {
      checkPlace(request);
    } else if (occasion.context() instanceof GrantEvent
        && occasion
            .request()
            .getDecodedFormParameters()
            .containsKey(AuthorizationDetails.PARAMETER)) {
      throw unsupported();
    }
    Optional<String> json = requested(occasion);
    if (json.isPresent()) {
      List<ObjectNode> details =
          DetailsCheck.check(occasion.session(), occasion.client(), limits, json.get());
      checkLogin(occasion, AcrDemands.of(occasion.session(), details));
    }
  }

  /** What no login can meet is refused at once. */
  private static void checkLogin(Occasion occasion, List<List<String>> demands) throws Refusal {
    ClientModel client = occasion.client();
    boolean onDevice = occasion.context() instanceof BackchannelRequestEvent;
    for (List<String> anyOf : demands) {
      if (onDevice
          ? !LoginFacts.isReachableOnDevice(client, anyOf)
          : EssentialAcr.lowest(client, anyOf).isEmpty()) {
        throw RequireEssentialAcr.unreachable(occasion.realm());
      }
    }
  }

  private static Optional<String> requested(Occasion occasion) throws Refusal {
    if (occasion.context() instanceof PushedAuthorizationRequestContext pushed) {
      return RequestedDetails.among(occasion.session(), pushed.getRequestParameters());
    }
    if (occasion.context() instanceof BackchannelRequestEvent backchannel) {
      return RequestedDetails.among(backchannel.form(), RequestObject.in(occasion));
    }
    return occasion.context() instanceof AuthorizationDetailsEvent event
        ? Optional.of(event.json())
        : Optional.empty();
  }

  private static void checkPlace(ClientAuthenticationEvent request) throws Refusal {
    MultivaluedMap<String, String> form = request.form();
    if (!form.containsKey(AuthorizationDetails.PARAMETER)) {
      return;
    }
    switch (request.endpoint()) {
      case DEVICE_AUTHORIZATION -> throw unsupported();
      case TOKEN -> {
        if (!GRANTS.contains(form.getFirst(OAuth2Constants.GRANT_TYPE))) {
          throw unsupported();
        }
      }
      default -> {
        // All other parameters next to a request object are ignored (RFC 9101 6.3).
        if (form.containsKey(OIDCLoginProtocol.REQUEST_PARAM)) {
          throw RequestedDetails.misplaced();
        }
      }
    }
  }

  private static Refusal unsupported() {
    return InvalidAuthorizationDetails.refusal(
        "authorization_details are not supported here; ask for them in an authorization request");
  }
}
