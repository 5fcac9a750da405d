package io.github.fapipack.rar;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.approval.Approval;
import io.github.fapipack.approval.ConsentReference;
import io.github.fapipack.keycloak.MarkedCode;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.JsonSerialization;

/**
 * Binds what the user approved to the authorization code (RFC 9396 7), so that parallel
 * authorizations of one client are not mixed up. The {@code resource} is the only member of
 * Keycloak's code that nothing else depends on, so it carries the key as well; {@link
 * io.github.fapipack.keycloak.MarkedCode#restored} removes it.
 *
 * @param approval what was approved
 * @param claims names of the individually requested OpenID claims
 */
public record CodeBinding(Approval approval, Set<String> claims) {

  private static final String CLIENT = "client";
  private static final String USER = "user";
  private static final String CLAIMS = "claims";

  /** How many seconds an approval is stored beyond the lifespan of its code. */
  private static final int MARGIN = 30;

  /** To be called just before the response is created: the next code carries the key. */
  public static void bind(
      KeycloakSession session,
      AuthenticationSessionModel authentication,
      UserSessionModel userSession,
      Approval approval) {
    String key = MarkedCode.PREFIX + SecretGenerator.getInstance().generateSecureID();
    Map<String, String> notes = approval.toNotes();
    notes.put(CLIENT, authentication.getClient().getId());
    notes.put(USER, userSession.getUser().getId());
    String claims = authentication.getClientNote(OIDCLoginProtocol.CLAIMS_PARAM);
    if (claims != null) {
      notes.put(CLAIMS, claims);
    }
    session
        .singleUseObjects()
        .put(key, authentication.getRealm().getAccessCodeLifespan() + MARGIN, notes);
    MarkedCode.markNext(authentication, key);
  }

  /**
   * Removes and returns what is bound to a key; each key works once, and only for its client and
   * user.
   */
  public static Optional<CodeBinding> claim(
      KeycloakSession session, String key, UserSessionModel userSession) {
    Map<String, String> notes = session.singleUseObjects().remove(key);
    return notes == null
            || !session.getContext().getClient().getId().equals(notes.get(CLIENT))
            || !userSession.getUser().getId().equals(notes.get(USER))
        ? Optional.empty()
        : Optional.of(new CodeBinding(Approval.of(notes), names(notes.get(CLAIMS))));
  }

  /**
   * Whose consent is bound to a key.
   *
   * @param userId Keycloak's id of the user
   */
  record Consented(String userId, ConsentReference consent) {}

  /** The consent that is bound to a key for a client, which stays bound. */
  static Optional<Consented> consented(KeycloakSession session, String key, ClientModel client) {
    Map<String, String> notes = session.singleUseObjects().get(key);
    return Optional.ofNullable(notes)
        .filter(kept -> client.getId().equals(kept.get(CLIENT)))
        .map(kept -> new Consented(kept.get(USER), Approval.of(kept).consent()))
        .filter(consented -> consented.consent() != null);
  }

  /** The members of {@code userinfo} and {@code id_token} in a {@code claims} parameter. */
  private static Set<String> names(String claims) {
    Set<String> names = new LinkedHashSet<>();
    if (claims != null) {
      try {
        JsonNode read = JsonSerialization.mapper.readTree(claims);
        read.path("userinfo").fieldNames().forEachRemaining(names::add);
        read.path(OAuth2Constants.ID_TOKEN).fieldNames().forEachRemaining(names::add);
      } catch (IOException e) {
        return names; // Keycloak has refused malformed ones before
      }
    }
    return names;
  }
}
