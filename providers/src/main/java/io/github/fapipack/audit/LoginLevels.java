package io.github.fapipack.audit;

import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.keycloak.authentication.authenticators.util.LoAUtil;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.utils.AcrUtils;

/**
 * Checks the levels of authentication of a realm in an ecosystem: the realm attribute {@code
 * acr.loa.map} decides what a level is called, the profile says what it has to be, and the login
 * flow must reach each level.
 */
final class LoginLevels implements Check {

  @Override
  public String id() {
    return "fapi-login-levels";
  }

  @Override
  public String help() {
    return "The levels of authentication are called what the ecosystem calls them, and a login"
        + " reaches each of them.";
  }

  @Override
  public void check(RealmUnderAudit audited, Consumer<Finding> findings) {
    EcosystemProfiles.of(audited.realm())
        .inUse()
        .map(profile -> profile.authentication().acr())
        .filter(levels -> !levels.isEmpty())
        .ifPresent(levels -> check(audited.realm(), new TreeMap<>(levels), findings));
  }

  private void check(RealmModel realm, Map<String, Integer> wanted, Consumer<Finding> findings) {
    if (!AcrUtils.getAcrLoaMap(realm).equals(wanted)) {
      findings.accept(
          finding(
              "/attributes/" + Constants.ACR_LOA_MAP,
              "the realm calls levels of authentication something else than its ecosystem does",
              "set the realm attribute acr.loa.map to " + text(wanted)));
    }
    int highest =
        LoAUtil.getLoAConfiguredInRealmBrowserFlow(realm)
            .mapToInt(Integer::intValue)
            .max()
            .orElse(0);
    String missing =
        wanted.entrySet().stream()
            .filter(level -> level.getValue() > highest)
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      findings.accept(
          finding(
              "/browserFlow",
              "the browser flow has no condition for the level of: " + missing,
              "use a flow with such a condition, as the realm files of ecosystems do"));
    }
  }

  private static String text(Map<String, Integer> levels) {
    return levels.entrySet().stream()
        .map(level -> "\"" + level.getKey() + "\":" + level.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private Finding finding(String pointer, String problem, String remedy) {
    return new Finding(
        Severity.WARNING, id(), null, Where.realm(pointer), problem, remedy, List.of());
  }
}
