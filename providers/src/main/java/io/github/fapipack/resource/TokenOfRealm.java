package io.github.fapipack.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import java.util.Set;
import org.keycloak.common.util.Encode;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.Urls;

/**
 * A token that names a realm with rules of the pack as its issuer. It is not trusted before it is
 * verified.
 *
 * @param claims its claims, or null if they are not those of an access token
 */
public record TokenOfRealm(String encoded, String type, RealmModel issuer, AccessToken claims) {

  /** Types of tokens that are used only for client registration. */
  private static final Set<String> REGISTRATION_TOKENS =
      Set.of("InitialAccessToken", "RegistrationAccessToken");

  /** Parses a token; empty if it is not one, or names no realm with rules. */
  public static Optional<TokenOfRealm> read(KeycloakSession session, String encoded) {
    JsonNode content = content(encoded, JsonNode.class);
    if (content == null || !content.path("iss").isTextual()) {
      return Optional.empty();
    }
    RealmModel issuer = realm(session, content.path("iss").asText());
    return issuer == null || RealmRules.of(session, issuer).isEmpty()
        ? Optional.empty()
        : Optional.of(
            new TokenOfRealm(
                encoded,
                content.path("typ").asText(),
                issuer,
                content(encoded, AccessToken.class)));
  }

  /** The claims of a token, or null if it is not one. */
  private static <T> T content(String encoded, Class<T> type) {
    try {
      return new JWSInput(encoded).readJsonContent(type);
    } catch (JWSInputException | RuntimeException e) {
      return null;
    }
  }

  /** The realm with that issuer. */
  private static RealmModel realm(KeycloakSession session, String issuer) {
    String name;
    try {
      name = Encode.decodePath(issuer.substring(issuer.lastIndexOf('/') + 1));
    } catch (RuntimeException e) {
      return null; // bytes that are not text cannot be a realm's name
    }
    return name.isEmpty() || hasZero(name) ? null : session.realms().getRealmByName(name);
  }

  /** Databases fail on this character. */
  private static boolean hasZero(String name) {
    return name.indexOf('\0') >= 0;
  }

  public boolean isForRegistration() {
    return REGISTRATION_TOKENS.contains(type);
  }

  public boolean isBoundToDpopKey() {
    return claims != null
        && claims.getConfirmation() != null
        && claims.getConfirmation().getKeyThumbprint() != null;
  }

  /** The client that the token names, if it exists. */
  public ClientModel client() {
    String id = claims == null ? null : claims.getIssuedFor();
    return id == null || hasZero(id) ? null : issuer.getClientByClientId(id);
  }

  /**
   * Verifies the signature, with the issuer as the realm of the session. If the realm only reports,
   * an invalid token is left to the resource.
   *
   * @return whether the rules must be asked
   * @throws Refusal {@code invalid_token}, if the token claims to be from this server and is not,
   *     or names no client
   */
  public boolean verify(KeycloakSession session) throws Refusal {
    boolean genuine = session.tokens().decode(encoded, JsonWebToken.class) != null;
    if (!genuine && !namesOurIssuer(session)) {
      return false; // of another server whose address has the same ending
    }
    if (genuine && client() != null) {
      return true;
    }
    if (RealmRules.of(session, issuer).enforce(RequireProofOfPossession.class)) {
      throw new Refusal(
          "invalid_token",
          genuine
              ? "the access token names no client of this realm; get a new one"
              : "the signature of the access token is not the issuer's; get a new one",
          Status.UNAUTHORIZED);
    }
    return false;
  }

  private boolean namesOurIssuer(KeycloakSession session) {
    return claims == null
        || Urls.realmIssuer(session.getContext().getUri().getBaseUri(), issuer.getName())
            .equals(claims.getIssuer());
  }
}
