package io.github.fapipack.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.authorization.RestrictProtocols;
import io.github.fapipack.profile.ProfileFile;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.rule.Rule;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * Finds clients with other protocols than the profile's. Applying a profile allows their protocols,
 * so that nothing stops until an administrator removes them from the rule's list.
 */
final class ProtocolsInUse implements ClientCheck {

  private static final String ID = "fapi-client-protocol";
  private static final String CLAUSE = "FAPI2-SP 5.1.2-p3";

  /** The profile, with the protocols of the realm's enabled clients allowed. */
  static ProfileFile allowedIn(KeycloakSession session, RealmModel realm, ProfileFile profile) {
    List<String> used =
        profile.has(RestrictProtocols.class) ? RestrictProtocols.inUse(session, realm) : List.of();
    if (used.isEmpty()) {
      return profile;
    }
    JsonNode json = profile.json().deepCopy();
    for (JsonNode entry : json.path("clientProfiles").path("profiles")) {
      for (JsonNode executor : entry.path("executors")) {
        if (Rule.id(RestrictProtocols.class).equals(executor.path("executor").asText())) {
          ArrayNode protocols =
              ((ObjectNode) executor).withObject("/configuration").putArray("protocols");
          protocols.add(OIDCLoginProtocol.LOGIN_PROTOCOL);
          used.forEach(protocols::add);
        }
      }
    }
    return new ProfileFile(profile.name(), json);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String help() {
    return "Clients use only protocols that the rules cover.";
  }

  @Override
  public void check(ClientUnderAudit client) {
    if (client.stored().isEnabled() && client.profile().has(RestrictProtocols.class)) {
      client.report(
          new Finding(
              Severity.WARNING,
              ID,
              CLAUSE,
              client.where(),
              "the client uses the protocol "
                  + client.stored().getProtocol()
                  + ", which no rule covers",
              "move it to a realm of its own, or switch it off, and then take the protocol off the"
                  + " list of the rule "
                  + Rule.id(RestrictProtocols.class),
              List.of()));
    }
  }
}
