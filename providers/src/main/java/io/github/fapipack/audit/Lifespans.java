package io.github.fapipack.audit;

import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.Severity;
import java.util.List;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/**
 * Checks lifetimes that are set for a single client. If one is not a number, each of the client's
 * requests fails; one that is longer than the profile's overrides the realm's.
 */
final class Lifespans implements ClientCheck {

  private static final List<String> NUMBERS =
      List.of(
          OIDCConfigAttributes.ACCESS_TOKEN_LIFESPAN,
          OIDCConfigAttributes.CLIENT_SESSION_IDLE_TIMEOUT,
          OIDCConfigAttributes.CLIENT_SESSION_MAX_LIFESPAN,
          OIDCConfigAttributes.CLIENT_OFFLINE_SESSION_IDLE_TIMEOUT,
          OIDCConfigAttributes.CLIENT_OFFLINE_SESSION_MAX_LIFESPAN);

  @Override
  public String id() {
    return "fapi-client-lifetimes";
  }

  @Override
  public String help() {
    return "A client's own lifetimes can be read and are no longer than the profile's.";
  }

  @Override
  public void check(ClientUnderAudit client) {
    for (String name : NUMBERS) {
      String value = client.attribute(name);
      if (value != null && !isNumber(value)) {
        remove(client, name, Severity.ERROR, "a lifetime of the client is not a number of seconds");
      }
    }
    String own = client.attribute(OIDCConfigAttributes.ACCESS_TOKEN_LIFESPAN);
    int longest = client.profile().json().path("accessTokenLifespan").asInt(Integer.MAX_VALUE);
    if (own != null && (Integer.parseInt(own) > longest || Integer.parseInt(own) < 0)) {
      remove(
          client,
          OIDCConfigAttributes.ACCESS_TOKEN_LIFESPAN,
          Severity.WARNING,
          "access tokens of the client live longer than " + longest + " s");
    }
  }

  private void remove(ClientUnderAudit client, String name, Severity severity, String problem) {
    client.remove(name);
    List<Change> changes = client.changes();
    client.report(
        new Finding(
            severity,
            id(),
            "FAPI2-SP 5.3.2.1-14",
            changes.get(0).where(),
            problem + "; without a value of its own the realm's holds",
            Finding.APPLY,
            changes));
  }

  private static boolean isNumber(String value) {
    try {
      Integer.parseInt(value);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
