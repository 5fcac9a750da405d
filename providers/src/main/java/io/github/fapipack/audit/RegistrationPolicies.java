package io.github.fapipack.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.RealmComponents;
import io.github.fapipack.profile.RealmFields;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.keycloak.util.JsonSerialization;

/**
 * Checks Keycloak's own policies for dynamic registration: the realm must have those of the
 * profile, and must not let clients register further kinds of mappers. Trusted hosts are the
 * operator's choice.
 */
final class RegistrationPolicies implements Check {

  private static final String MAPPERS = "allowed-protocol-mapper-types";

  @Override
  public String id() {
    return "fapi-registration-policies";
  }

  @Override
  public String help() {
    return "Keycloak's client registration policies are as strict as in the profile's realm.";
  }

  @Override
  public void check(RealmUnderAudit audited, Consumer<Finding> findings) {
    String pointer = RealmComponents.REGISTRATION_POLICIES;
    List<ObjectNode> own = RealmComponents.read(audited.realm(), pointer);
    List<ObjectNode> after = new ArrayList<>(own.stream().map(ObjectNode::deepCopy).toList());
    for (ObjectNode wanted : RealmComponents.of(audited.profile(), pointer)) {
      List<ObjectNode> same = after.stream().filter(policy -> isSame(policy, wanted)).toList();
      if (same.isEmpty()) {
        after.add(wanted);
      }
      same.forEach(policy -> narrow(policy, wanted));
    }
    if (!after.equals(own)) {
      findings.accept(
          new Finding(
              Severity.WARNING,
              id(),
              "RFC7592 2.2-4",
              Where.realm(pointer),
              "a policy for dynamic registration is missing, or lets clients bring mappers that"
                  + " write what users may edit into tokens",
              Finding.APPLY,
              List.of(
                  new Change(
                      Where.realm(pointer),
                      RealmComponents.texts(own),
                      RealmComponents.texts(after)))));
    }
  }

  private static boolean isSame(JsonNode policy, JsonNode other) {
    return policy.path("providerId").equals(other.path("providerId"))
        && policy.path("subType").equals(other.path("subType"));
  }

  private static void narrow(ObjectNode policy, JsonNode wanted) {
    JsonNode allowed = wanted.path("config").path(MAPPERS);
    List<String> fewer = new ArrayList<>(RealmFields.texts(policy.path("config").path(MAPPERS)));
    if (allowed.isArray() && fewer.retainAll(RealmFields.texts(allowed))) {
      ((ObjectNode) policy.path("config"))
          .set(MAPPERS, JsonSerialization.mapper.valueToTree(fewer));
    }
  }
}
