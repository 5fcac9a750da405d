package io.github.fapipack.authentication;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.keys.ClientKeys;
import io.github.fapipack.keys.KeyStrength;
import io.github.fapipack.keys.RegisteredKeys;
import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.request.RequestObject;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.security.PublicKey;
import java.util.Optional;
import java.util.function.Predicate;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Requires that clients' keys and certificates use RSA with at least 2048 bits or elliptic curves
 * with at least 224 bits (FAPI2-SP 5.4.1).
 */
@RuleId("fapi2-reject-weak-keys")
@Clause({"FAPI2-SP 5.4.1-2", "FAPI2-SP 5.4.1-3", "FAPI1-BASE 5.2.2-5", "FAPI1-BASE 5.2.2-6"})
public final class RejectWeakKeys extends Rule<NoSettings> {

  private static final String DEMAND =
      "use an RSA key of at least 2048 bits, or an elliptic-curve key of at least 224";

  public RejectWeakKeys() {
    super(
        NoSettings.class,
        "Refuses client keys and certificates with RSA keys under 2048 or EC keys under 224 bits.");
  }

  /** A check for keys that were fetched after the rule was asked. */
  public static Predicate<KeyWrapper> accepting(KeycloakSession session) {
    return RealmRules.of(session).enforce(RejectWeakKeys.class)
        ? key -> !KeyStrength.isWeak((PublicKey) key.getPublicKey())
        : key -> true;
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof ClientAuthenticationEvent request) {
      if (!request.certificates().isEmpty()) {
        checkKey(request.certificates().get(0).getPublicKey(), "the client certificate");
      }
      if (request.assertion().isPresent()) {
        checkCandidates(occasion.session(), request.client(), request.assertion().get());
      }
    }
    Optional<RequestObject> object = RequestObject.in(occasion);
    if (object.isPresent()) {
      checkSigner(occasion.session(), occasion.client(), object.get());
    }
    Optional<ProposedClient> proposed = ProposedClient.in(occasion.context());
    if (proposed.isPresent()) {
      RegisteredKeys.check(proposed.get());
    }
  }

  /** Every key that could verify the assertion must be strong, not only the one that was used. */
  private static void checkCandidates(
      KeycloakSession session, ClientModel client, JWSInput assertion) throws Refusal {
    for (KeyWrapper candidate : ClientKeys.candidates(session, client, assertion)) {
      checkKey((PublicKey) candidate.getPublicKey(), "the key of client_assertion");
    }
  }

  private static void checkSigner(KeycloakSession session, ClientModel client, RequestObject object)
      throws Refusal {
    for (KeyWrapper candidate : ClientKeys.candidates(session, client, object.jws())) {
      if (KeyStrength.isWeak((PublicKey) candidate.getPublicKey())) {
        throw object.refusal("its key is too weak; " + DEMAND);
      }
    }
  }

  private static void checkKey(PublicKey key, String what) throws Refusal {
    if (KeyStrength.isWeak(key)) {
      throw Refusal.invalidClient(what + " is too weak", DEMAND);
    }
  }
}
