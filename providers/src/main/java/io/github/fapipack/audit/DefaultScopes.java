package io.github.fapipack.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.ClientFields;
import io.github.fapipack.profile.RealmFields;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * Checks the default scopes of new clients: only those that every token needs may be assigned by
 * default. Existing clients keep theirs, because their software may depend on them.
 */
final class DefaultScopes implements Check {

  private static final String CLAUSE = "FAPI2-SP 5.3.2.1-14";

  @Override
  public String id() {
    return "fapi-client-scopes";
  }

  @Override
  public String help() {
    return "New clients get no scope by default that the profile leaves to be asked for.";
  }

  @Override
  public void check(RealmUnderAudit audited, Consumer<Finding> findings) {
    RealmModel realm = audited.realm();
    List<String> wanted =
        RealmFields.texts(audited.profile().json().at(RealmFields.DEFAULT_SCOPES));
    List<String> known = realm.getClientScopesStream().map(ClientScopeModel::getName).toList();
    wanted.stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> findings.accept(missing(name)));
    List<String> surplus =
        realm
            .getDefaultClientScopesStream(true)
            .filter(scope -> OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol()))
            .map(ClientScopeModel::getName)
            .filter(name -> !wanted.contains(name))
            .sorted()
            .toList();
    if (!surplus.isEmpty()) {
      findings.accept(surplus(realm, surplus));
    }
  }

  private Finding missing(String name) {
    return new Finding(
        Severity.WARNING,
        id(),
        CLAUSE,
        Where.of(Where.Kind.scope, name),
        "the realm lacks the client scope " + name + ", without which tokens are incomplete",
        "create it as the profile's realm file has it, and give it to the clients",
        List.of());
  }

  private Finding surplus(RealmModel realm, List<String> surplus) {
    JsonNode defaults = RealmFields.read(realm, RealmFields.DEFAULT_SCOPES);
    JsonNode optional = RealmFields.read(realm, RealmFields.OPTIONAL_SCOPES);
    List<String> fewer = new ArrayList<>(RealmFields.texts(defaults));
    fewer.removeAll(surplus);
    TreeSet<String> more = new TreeSet<>(RealmFields.texts(optional));
    more.addAll(surplus);
    return new Finding(
        Severity.WARNING,
        id(),
        CLAUSE,
        Where.realm(RealmFields.DEFAULT_SCOPES),
        "new clients get scopes without asking for them: " + String.join(", ", surplus),
        Finding.APPLY,
        List.of(
            new Change(Where.realm(RealmFields.DEFAULT_SCOPES), defaults, ClientFields.json(fewer)),
            new Change(
                Where.realm(RealmFields.OPTIONAL_SCOPES), optional, ClientFields.json(more))));
  }
}
