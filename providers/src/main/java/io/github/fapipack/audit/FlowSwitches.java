package io.github.fapipack.audit;

import io.github.fapipack.authorization.RequireCodeResponseType;
import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.requestobject.RestrictRequestObjectAlgorithm;
import io.github.fapipack.rule.Rule;
import java.util.List;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/**
 * Checks switches of a client for features that are refused at run time: they allow nothing, but
 * mislead readers.
 */
final class FlowSwitches implements ClientCheck {

  private static final String REQUEST_OBJECT = OIDCConfigAttributes.REQUEST_OBJECT_SIGNATURE_ALG;

  @Override
  public String id() {
    return "fapi-client-switches";
  }

  @Override
  public String help() {
    return "Clients are registered for no flow and no algorithm that is refused at run time.";
  }

  @Override
  public void check(ClientUnderAudit client) {
    if (has(client, RequireCodeResponseType.class)
        && Boolean.TRUE.equals(client.representation().isImplicitFlowEnabled())) {
      client.representation().setImplicitFlowEnabled(false);
      report(
          client,
          "FAPI2-SP 5.3.2.2-1",
          "the implicit flow is switched on, which is refused whenever it is used");
    }
    String algorithm = client.attribute(REQUEST_OBJECT);
    if (has(client, RestrictRequestObjectAlgorithm.class)
        && algorithm != null
        && !client.profile().algorithms(RestrictRequestObjectAlgorithm.class).contains(algorithm)) {
      client.remove(REQUEST_OBJECT);
      report(
          client,
          "FAPI2-SP 5.4.1-1.2",
          "request objects are expected with a signature that is refused");
    }
  }

  private static boolean has(ClientUnderAudit client, Class<? extends Rule<?>> rule) {
    return client.profile().has(rule);
  }

  private void report(ClientUnderAudit client, String clause, String problem) {
    List<Change> changes = client.changes();
    client.report(
        new Finding(
            Severity.WARNING,
            id(),
            clause,
            changes.get(0).where(),
            problem,
            Finding.APPLY,
            changes));
  }
}
