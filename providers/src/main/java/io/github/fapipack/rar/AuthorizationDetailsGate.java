package io.github.fapipack.rar;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.AuthorizationDetails;
import io.github.fapipack.approval.ConsentRequest;
import io.github.fapipack.approval.InvalidAuthorizationDetails;
import io.github.fapipack.keycloak.AuthorizationGate;
import io.github.fapipack.keycloak.ParameterNames;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.RealmRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.events.Details;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointChecker;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointChecker.AuthorizationCheckException;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.utils.StringUtil;

/**
 * Checks authorization details at the authorization endpoint, even for requests that were pushed or
 * that a policy exempts, so that the login gets only valid ones. Keycloak does not see the
 * parameter: it would drop long values, and keep them in a session that all authorizations of a
 * client share.
 */
@Clause({"RFC9396 3-1", "RFC9396 5-1"})
public final class AuthorizationDetailsGate extends AuthorizationGate {

  /** The server option with the administrator's folder of types, a path on the server. */
  private static final String FOLDER = "folder";

  @Override
  public void init(Config.Scope config) {
    // Keycloak does not treat parameters that it knows as additional ones.
    ParameterNames.know(AuthorizationDetails.PARAMETER);
    String folder = config.get(FOLDER);
    String home = System.getProperty("kc.home.dir");
    if (folder != null) {
      TypeFolder.use(Path.of(folder));
    } else if (home != null) {
      TypeFolder.use(Path.of(home, "conf", "authorization-details"));
    }
  }

  @Override
  protected void check(KeycloakSession session, AuthorizationEndpointChecker checker)
      throws AuthorizationCheckException {
    Map<String, String> additional =
        checker.getAuthorizationEndpointRequest().getAdditionalReqParams();
    additional.remove(ConsentRequest.PARAMETER);
    try {
      Optional<String> json =
          RequestedDetails.atAuthorizationEndpoint(session, checker.getQueryParams());
      if (json.isEmpty()) {
        return;
      }
      if (RealmRules.of(session).isEmpty()) {
        // If the parameter is not handled here, Keycloak gets it back.
        additional.put(
            AuthorizationDetails.PARAMETER, StringUtil.removeControlCharacters(json.get()));
        checker.checkAuthorizationDetails();
        return;
      }
      // Becomes a client note of this authentication session only.
      additional.put(
          ConsentRequest.PARAMETER,
          AuthorizationDetails.toJson(checked(session, checker.getClient(), json.get())));
    } catch (ClientPolicyException e) {
      checker
          .getEventBuilder()
          .detail(Details.REASON, e.getErrorDetail())
          .error(InvalidAuthorizationDetails.CODE);
      throw new AuthorizationCheckException(e.getErrorStatus(), e.getError(), e.getErrorDetail());
    }
  }

  /**
   * The rule is asked first, so that the administrator sees the refusal; the check follows in any
   * case.
   */
  static List<ObjectNode> checked(KeycloakSession session, ClientModel client, String json)
      throws ClientPolicyException {
    RealmRules.trigger(session, new AuthorizationDetailsEvent(client, json));
    return DetailsCheck.check(session, client, json);
  }

  @Override
  public String getId() {
    return "fapi-authorization-details";
  }
}
