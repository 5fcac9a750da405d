package io.github.fapipack.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.keys.KeyStrength;
import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.KeyComponents;
import io.github.fapipack.profile.ProfileFile;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import io.github.fapipack.token.RestrictTokenAlgorithms;
import java.security.PublicKey;
import java.util.List;
import java.util.function.Consumer;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;

/**
 * Checks the keys of the realm: those that the profile needs exist, and none is weak or ends soon.
 */
final class RealmKeys implements Check {

  private static final String ALLOWED = "FAPI2-SP 5.4.1-1.2";
  private static final String STRONG = "FAPI2-SP 5.4.1-2";

  @Override
  public String id() {
    return "fapi-realm-keys";
  }

  @Override
  public String help() {
    return "The realm has a key for each algorithm of the profile, none that is weak, and no"
        + " certificate near its end.";
  }

  @Override
  public void check(RealmUnderAudit realm, Consumer<Finding> findings) {
    List<KeyWrapper> active =
        realm
            .session()
            .keys()
            .getKeysStream(realm.realm())
            .filter(key -> key.getStatus().isActive())
            .toList();
    for (JsonNode component : KeyComponents.of(realm.profile())) {
      String algorithm = KeyComponents.algorithm(component);
      if (active.stream().noneMatch(key -> isOf(key, algorithm))) {
        findings.accept(missing(component, algorithm));
      }
    }
    for (KeyWrapper key : active) {
      checkKey(key, findings);
      if (realm.profile().has(RestrictTokenAlgorithms.class)
          && signsOtherwise(realm.profile(), key)) {
        PolicyState.of(realm)
            .unless(RestrictTokenAlgorithms.class)
            .ifPresent(changes -> findings.accept(offered(key, changes)));
      }
    }
  }

  private static boolean isOf(KeyWrapper key, String algorithm) {
    return algorithm.equals(key.getAlgorithmOrDefault())
        && (!Algorithm.EdDSA.equals(algorithm) || "Ed25519".equals(key.getCurve()));
  }

  private static boolean signsOtherwise(ProfileFile profile, KeyWrapper key) {
    return KeyUse.SIG.equals(key.getUse())
        && key.getPublicKey() != null
        && !profile.algorithms(RestrictTokenAlgorithms.class).contains(key.getAlgorithmOrDefault());
  }

  private Finding missing(JsonNode component, String algorithm) {
    Where where = Where.of(Where.Kind.key, component.path("name").asText());
    return new Finding(
        Severity.ERROR,
        id(),
        ALLOWED,
        where,
        "the realm has no active key for " + algorithm,
        Finding.APPLY,
        List.of(new Change(where, null, component)));
  }

  /** The key is not removed: what it has signed must remain verifiable. */
  private Finding offered(KeyWrapper key, List<Change> changes) {
    return new Finding(
        Severity.WARNING,
        id(),
        ALLOWED,
        where(key),
        "an active key signs with "
            + key.getAlgorithmOrDefault()
            + ", is offered at jwks_uri, and no rule forbids its use",
        Finding.APPLY,
        changes);
  }

  private void checkKey(KeyWrapper key, Consumer<Finding> findings) {
    if (key.getPublicKey() instanceof PublicKey known && KeyStrength.isWeak(known)) {
      findings.accept(
          new Finding(
              Severity.ERROR,
              id(),
              STRONG,
              where(key),
              "the key is too weak",
              "make it passive or delete it, under Realm settings, Keys, once nothing that it has"
                  + " signed is in use",
              List.of()));
    }
    if (key.getCertificate() != null) {
      Expiry.of(key.getCertificate())
          .ifPresent(
              expiry ->
                  findings.accept(
                      new Finding(
                          expiry.severity(),
                          id(),
                          null,
                          where(key),
                          "the certificate of the key " + expiry.words(),
                          "add a new key, under Realm settings, Keys",
                          List.of())));
    }
  }

  private static Where where(KeyWrapper key) {
    return new Where(Where.Kind.key, key.getKid(), key.getProviderId(), "");
  }
}
