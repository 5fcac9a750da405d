package io.github.fapipack.ciba;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.approval.Approval;
import io.github.fapipack.approval.ConsentReference;
import io.github.fapipack.bridge.ConsentScopes;
import io.github.fapipack.bridge.KnownConsents;
import io.github.fapipack.bridge.RequireBankConsent;
import io.github.fapipack.consent.AuthorizationError;
import io.github.fapipack.consent.BankDecision;
import io.github.fapipack.identity.LoginFacts;
import java.util.Map;
import java.util.Optional;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/**
 * The consent of the bank that a backchannel authentication request asks about, in members of the
 * request that only the pack writes. The device gets them.
 */
final class AskedConsent {

  private static final String ID = "consent_id";
  private static final String SCOPE = "consent_scope";

  /** The note with the id of this authorization at the bank's consent service. */
  private static final String AUTHORIZATION = "authorization";

  private AskedConsent() {}

  /** Whether only the pack writes a member of a request. */
  static boolean isMember(String name) {
    return ID.equals(name) || SCOPE.equals(name);
  }

  /**
   * Puts the consent that the current request names into a request that is being created, and takes
   * the scope that names it out: it is not one of the client's.
   *
   * @throws AuthorizationError if the user cannot authorise it
   */
  static void put(KeycloakSession session, CIBAAuthenticationRequest request)
      throws AuthorizationError {
    ConsentScopes.rules(session)
        .ifPresent(rules -> request.setScope(rules.withoutCarriers(request.getScope())));
    Optional<ConsentReference> named = RequireBankConsent.named(session);
    if (named.isPresent()) {
      String id = named.get().id();
      new BankDecision(session, request.getClient(), request.getUser(), id, "").read();
      request.setOtherClaims(ID, id);
      if (named.get().scope() != null) {
        request.setOtherClaims(SCOPE, named.get().scope());
      }
    }
  }

  /** The consent in a request; null if it has none. */
  static ConsentReference of(CIBAAuthenticationRequest request) {
    String id = text(request.getOtherClaims().get(ID));
    return id == null ? null : new ConsentReference(id, text(request.getOtherClaims().get(SCOPE)));
  }

  /** Whether the consent in a request has ended, so that nobody need wait for the user any more. */
  static boolean hasEnded(KeycloakSession session, CIBAAuthenticationRequest request) {
    ConsentReference consent = of(request);
    return consent != null
        && KnownConsents.of(session).hasEnded(session.getContext().getRealm(), consent.id());
  }

  private static String text(Object value) {
    return value instanceof JsonNode node ? node.textValue() : (String) value;
  }

  /** Adds to what is kept until the device answers. */
  static void keep(Map<String, String> notes) {
    notes.put(AUTHORIZATION, SecretGenerator.getInstance().generateSecureID());
  }

  /** What the user decides about the consent that is kept. */
  static BankDecision decision(KeycloakSession session, Map<String, String> notes, UserModel user) {
    return new BankDecision(
            session,
            session.getContext().getClient(),
            user,
            Approval.of(notes).consent().id(),
            notes.get(AUTHORIZATION))
        .loggedIn(LoginFacts.acrOnDevice(session.getContext().getClient()));
  }
}
