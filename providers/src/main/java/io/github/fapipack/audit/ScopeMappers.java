package io.github.fapipack.audit;

import io.github.fapipack.claims.RestrictProtocolMappers;
import io.github.fapipack.profile.Where;
import java.util.function.Consumer;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/** Checks the protocol mappers of client scopes, which affect every client with the scope. */
final class ScopeMappers implements Check {

  @Override
  public String id() {
    return "fapi-scope-mappers";
  }

  @Override
  public String help() {
    return "Client scopes have no protocol mapper for a claim that rules and Keycloak decide.";
  }

  @Override
  public void check(RealmUnderAudit audited, Consumer<Finding> findings) {
    audited
        .realm()
        .getClientScopesStream()
        .filter(scope -> OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol()))
        .forEach(scope -> check(scope, findings));
  }

  private void check(ClientScopeModel scope, Consumer<Finding> findings) {
    Where where = new Where(Where.Kind.scope, scope.getName(), scope.getId(), "/protocolMappers");
    scope
        .getProtocolMappersStream()
        .sorted((one, other) -> one.getName().compareTo(other.getName()))
        .forEach(
            mapper ->
                RestrictProtocolMappers.forbidden(mapper)
                    .map(claim -> ClientMappers.forbidden(id(), where, mapper, claim))
                    .ifPresent(findings));
  }
}
