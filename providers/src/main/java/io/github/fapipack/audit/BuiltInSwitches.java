package io.github.fapipack.audit;

import io.github.fapipack.console.BuiltInClients;
import io.github.fapipack.console.Consoles;
import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.Severity;
import java.util.List;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * Checks Keycloak's own clients: those that FAPI forbids must be off, and the consoles must have
 * Keycloak's settings.
 */
final class BuiltInSwitches implements ClientCheck {

  private static final String CLAUSE = "FAPI2-SP 5.3.2.1-3";

  @Override
  public String id() {
    return "fapi-built-in-clients";
  }

  @Override
  public String help() {
    return "Keycloak's own clients that the profile forbids are switched off, and its consoles have"
        + " Keycloak's own settings.";
  }

  @Override
  public void check(ClientUnderAudit client) {
    BuiltInClients.SWITCHED_OFF
        .getOrDefault(client.representation().getClientId(), List.of())
        .forEach(name -> switchOff(client.representation(), name));
    List<Change> changes = client.changes();
    if (!changes.isEmpty()) {
      client.report(
          new Finding(
              Severity.WARNING,
              id(),
              CLAUSE,
              changes.get(0).where(),
              "a client that Keycloak itself adds to each realm, and that the profile forbids, is"
                  + " switched on",
              Finding.APPLY,
              changes));
    }
    if (Consoles.is(client.stored())) {
      // Only consoles with changed settings come here.
      client.report(
          new Finding(
              Severity.ERROR,
              id(),
              CLAUSE,
              client.where(),
              "the console no longer has Keycloak's own settings, so the rules apply to it and"
                  + " refuse it",
              "restore its single redirect URI, the root URL, PKCE with S256, the authorization"
                  + " code flow alone, and no scopes, mappers or roles but Keycloak's own, also"
                  + " inside of the scopes and roles that it has by default",
              List.of()));
    }
  }

  private static void switchOff(ClientRepresentation client, String name) {
    switch (name) {
      case "enabled" -> client.setEnabled(false);
      case "standardFlowEnabled" -> client.setStandardFlowEnabled(false);
      case "directAccessGrantsEnabled" -> client.setDirectAccessGrantsEnabled(false);
      default -> throw new IllegalArgumentException(name);
    }
  }
}
