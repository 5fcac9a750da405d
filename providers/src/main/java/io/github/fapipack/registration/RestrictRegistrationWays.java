package io.github.fapipack.registration;

import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.ecosystem.RegistrationRules;
import io.github.fapipack.ecosystem.RegistrationRules.OtherWays;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.trust.SoftwareClient;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;
import org.keycloak.services.clientpolicy.context.DynamicClientRegisterContext;
import org.keycloak.services.clientpolicy.context.DynamicClientUnregisterContext;
import org.keycloak.services.clientpolicy.context.DynamicClientUpdateContext;
import org.keycloak.services.clientpolicy.context.DynamicClientViewContext;
import org.keycloak.services.clientregistration.ClientRegistrationTokenUtils;

/**
 * In a realm with an ecosystem, Keycloak's other registration endpoints are closed, or for
 * administrators only, as the ecosystem's profile says. A client that a software has registered
 * with its statement is managed only where the statement and the certificate are checked.
 */
@RuleId("fapi2-restrict-registration-ways")
@Clause("RFC7591 3-2")
public final class RestrictRegistrationWays extends Rule<NoSettings> {

  public RestrictRegistrationWays() {
    super(
        NoSettings.class,
        "In a realm with an ecosystem, software registers with a software statement only.");
  }

  @Override
  public boolean isStanding() {
    return true;
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (!isDynamic(occasion)
        || Vouched.isIn(occasion.session())
        || !EcosystemProfiles.of(occasion.session()).isNamed()) {
      return;
    }
    ClientCRUDContext context = (ClientCRUDContext) occasion.context();
    if (Registrar.isAdministrator(occasion.session(), context.getToken())) {
      requireOpen(occasion);
    } else if (occasion.context() instanceof DynamicClientRegisterContext) {
      if (!isInitial(context.getToken())) {
        throw refusal("software registers with a software statement");
      }
      requireOpen(occasion);
    } else if (isOfSoftware(context.getTargetClient())) {
      throw always(occasion, refusal("the client is managed where it was registered"));
    }
  }

  /**
   * A refusal that holds where the realm only reports, too: such a client exists only because its
   * statement was checked, so its registration must not be changed without one.
   */
  private static Refusal always(Occasion occasion, Refusal refusal) {
    if (!occasion.isEnforced()) {
      throw new ErrorResponseException(
          refusal.getError(), refusal.getErrorDetail(), refusal.getErrorStatus());
    }
    return refusal;
  }

  private static boolean isDynamic(Occasion occasion) {
    return occasion.context() instanceof DynamicClientRegisterContext
        || occasion.context() instanceof DynamicClientUpdateContext
        || occasion.context() instanceof DynamicClientViewContext
        || occasion.context() instanceof DynamicClientUnregisterContext;
  }

  private static boolean isOfSoftware(ClientModel client) {
    return client != null && SoftwareClient.is(client);
  }

  private static boolean isInitial(JsonWebToken token) {
    return token != null
        && ClientRegistrationTokenUtils.TYPE_INITIAL_ACCESS_TOKEN.equals(token.getType());
  }

  private static void requireOpen(Occasion occasion) throws Refusal {
    Optional<OtherWays> ways =
        EcosystemProfiles.of(occasion.session())
            .inUse()
            .map(profile -> profile.registration())
            .map(RegistrationRules::otherWays);
    if (ways.isEmpty() || ways.get() == OtherWays.CLOSED) {
      throw refusal("registration endpoints without software statement are closed");
    }
  }

  private static Refusal refusal(String wrong) {
    return new Refusal(
        "access_denied",
        wrong,
        "use the registration_endpoint of the realm's metadata",
        Status.FORBIDDEN);
  }
}
