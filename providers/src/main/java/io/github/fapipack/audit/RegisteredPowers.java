package io.github.fapipack.audit;

import io.github.fapipack.authorization.RequireConsent;
import io.github.fapipack.consent.SafeText;
import io.github.fapipack.profile.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * Finds clients with a registration access token and with settings that only administrators may
 * make: before the rules existed, such a client could have made them itself.
 */
final class RegisteredPowers implements ClientCheck {

  private static final Map<String, String> ATTRIBUTES =
      Map.ofEntries(
          Map.entry("access.token.lifespan", "a lifetime of its own for access tokens"),
          Map.entry("client.session.idle.timeout", "lifetimes of its own for sessions"),
          Map.entry("client.session.max.lifespan", "lifetimes of its own for sessions"),
          Map.entry("client.offline.session.idle.timeout", "lifetimes of its own for sessions"),
          Map.entry("client.offline.session.max.lifespan", "lifetimes of its own for sessions"),
          Map.entry("acr.loa.map", "authentication levels of its own"),
          Map.entry("minimum.acr.value", "authentication levels of its own"),
          Map.entry("consent.screen.text", "a text of its own on the consent page"));

  @Override
  public String id() {
    return "fapi-registered-clients";
  }

  @Override
  public String help() {
    return "Clients that can change their own registration have nothing that is for administrators"
        + " to give.";
  }

  @Override
  public void check(ClientUnderAudit client) {
    if (client.stored().getRegistrationToken() == null) {
      return;
    }
    ClientRepresentation now = client.representation();
    if (now.getAuthenticationFlowBindingOverrides() != null
        && !now.getAuthenticationFlowBindingOverrides().isEmpty()) {
      report(client, "/authenticationFlowBindingOverrides", "a login flow of its own");
    }
    if (Boolean.TRUE.equals(now.isServiceAccountsEnabled())) {
      report(client, "/serviceAccountsEnabled", "a service account");
    }
    List<String> found = new ArrayList<>(ATTRIBUTES.keySet());
    found.removeIf(
        name -> {
          // The stored value, because another check may be about to change it.
          String value = client.stored().getAttribute(name);
          return value == null || value.equals(RequireConsent.IDENTITY);
        });
    found.stream()
        .sorted()
        .forEach(name -> report(client, "/attributes/" + name, ATTRIBUTES.get(name)));
    String name = now.getName();
    if (name != null && (name.contains("${") || !SafeText.of(name).equals(name))) {
      report(client, "/name", "a misleading name");
    }
  }

  private void report(ClientUnderAudit client, String pointer, String what) {
    client.report(
        new Finding(
            Severity.WARNING,
            id(),
            "RFC7592 2.2-4",
            client.where().at(pointer),
            "the client can change its own registration and has " + what,
            "check whether an administrator has set this, and remove it if not",
            List.of()));
  }
}
