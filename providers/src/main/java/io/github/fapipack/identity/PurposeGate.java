package io.github.fapipack.identity;

import io.github.fapipack.approval.ConsentRequest;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.keycloak.AuthorizationGate;
import io.github.fapipack.request.SentParameter;
import io.github.fapipack.rule.Refusal;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointChecker;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointChecker.AuthorizationCheckException;

/**
 * Keeps the purpose of an authorization for the consent page, as the client sent it: Keycloak
 * removes characters from parameters that it does not know, and drops long ones.
 */
public final class PurposeGate extends AuthorizationGate {

  @Override
  protected void check(KeycloakSession session, AuthorizationEndpointChecker checker)
      throws AuthorizationCheckException {
    Map<String, String> additional =
        checker.getAuthorizationEndpointRequest().getAdditionalReqParams();
    additional.remove(ConsentRequest.PURPOSE_PARAMETER);
    if (EcosystemProfiles.of(session).inUse().filter(known -> known.purpose() != null).isEmpty()) {
      return;
    }
    try {
      SentParameter.atAuthorizationEndpoint(session, checker.getQueryParams(), Purpose.PARAMETER)
          .filter(sent -> sent.value().isTextual())
          .ifPresent(
              sent -> additional.put(ConsentRequest.PURPOSE_PARAMETER, sent.value().textValue()));
    } catch (Refusal e) {
      throw new AuthorizationCheckException(e.getErrorStatus(), e.getError(), e.getErrorDetail());
    }
  }

  @Override
  public String getId() {
    return "fapi-purpose";
  }
}
