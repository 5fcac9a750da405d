package io.github.fapipack.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.ConsentRequest;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.keycloak.MarkedCode;
import io.github.fapipack.rule.RequestKey;
import io.github.fapipack.token.SealedText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.RefreshToken;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.JsonSerialization;

/**
 * What one authorization is known by, in all of its tokens. Keycloak keeps this in the client
 * session, which all authorizations of a client in one browser share: tokens would say how the user
 * authenticated for the latest one. So the facts travel with the code, and then in the refresh
 * token, encrypted.
 *
 * @param acr how the user has authenticated
 * @param txn the id of the authorization, or null if the ecosystem uses none
 * @param consent the id of the consent that the request names, or null
 * @param claims the request for those single claims that the profile lists; may be empty
 */
public record LoginFacts(String acr, String txn, String consent, ObjectNode claims) {

  /** The claim {@code txn} (RFC 8417 2.2), also the name of the detail of events. */
  public static final String TXN = "txn";

  /** The claim of refresh tokens with all facts. */
  static final String IN_REFRESH_TOKEN = "fapi_login";

  private static final String ACR = "acr";
  private static final String CONSENT = "consent";
  private static final String CLAIMS = "claims";
  private static final SealedText SEALED = new SealedText("login");
  private static final RequestKey<LoginFacts> KEPT = new RequestKey<>();

  /** The facts of an authorization whose response is about to be made. */
  public static LoginFacts of(KeycloakSession session, AuthenticationSessionModel login) {
    String claims = login.getClientNote(OIDCLoginProtocol.CLAIMS_PARAM);
    return new LoginFacts(
        AcrNames.of(session, login),
        newTxn(login.getRealm()),
        ConsentRequest.of(login).map(ConsentRequest::consentId).orElse(null),
        reduced(login.getRealm(), claims));
  }

  /** How the user of a login has authenticated, so far. */
  public static String acr(KeycloakSession session, AuthenticationSessionModel login) {
    return AcrNames.of(session, login);
  }

  /** How users authenticate on their device (CIBA). */
  public static String acrOnDevice(ClientModel client) {
    return AcrNames.onDevice(client, null);
  }

  /**
   * The facts of an authorization on the user's device (CIBA).
   *
   * @param acrValues the values that were asked for, separated by spaces, or null
   * @param consent the id of the consent that the request names, or null
   */
  public static LoginFacts onDevice(ClientModel client, String acrValues, String consent) {
    return new LoginFacts(
        AcrNames.onDevice(client, acrValues),
        newTxn(client.getRealm()),
        consent,
        JsonSerialization.mapper.createObjectNode());
  }

  /**
   * Whether a login on the user's device (CIBA) can have one of these {@code acr} values.
   *
   * @param anyOf no values for no demand
   */
  public static boolean isReachableOnDevice(ClientModel client, Collection<String> anyOf) {
    return AcrNames.isReachableOnDevice(client, anyOf);
  }

  private static String newTxn(RealmModel realm) {
    return EcosystemProfiles.of(realm)
        .inUse()
        .filter(profile -> profile.authentication().txn())
        .map(profile -> UUID.randomUUID().toString())
        .orElse(null);
  }

  private static ObjectNode reduced(RealmModel realm, String claims) {
    Optional<EcosystemProfile> profile =
        EcosystemProfiles.of(realm).inUse().filter(known -> !known.claims().isEmpty());
    if (claims == null || profile.isEmpty()) {
      return JsonSerialization.mapper.createObjectNode();
    }
    try {
      return RequestedClaims.read(profile.get().claims(), claims)
          .reduced(JsonSerialization.mapper.readTree(claims));
    } catch (JsonProcessingException e) {
      return JsonSerialization.mapper.createObjectNode();
    }
  }

  /** Keeps them for the tokens that are created in this request. */
  public void keep(KeycloakSession session) {
    KEPT.set(session, this);
  }

  /** Keeps them, and names the authorization in the event of the request. */
  public void keep(KeycloakSession session, EventBuilder event) {
    keep(session);
    if (txn != null) {
      event.detail(TXN, txn);
    }
  }

  /** The facts in a refresh token; empty for one of an earlier release. */
  public static Optional<LoginFacts> in(KeycloakSession session, RefreshToken token) {
    return open(session, token.getOtherClaims().get(IN_REFRESH_TOKEN));
  }

  /** Those of the tokens that are being created. */
  public static Optional<LoginFacts> of(KeycloakSession session) {
    return KEPT.in(session);
  }

  /** Writes them into the code that is made next. */
  public void bind(AuthenticationSessionModel login) {
    MarkedCode.markNext(
        login,
        MarkedCode.LOGIN
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json().getBytes(StandardCharsets.UTF_8)));
  }

  /** The facts in a code that has not been used; empty for one of an earlier release. */
  public static Optional<LoginFacts> ofCode(KeycloakSession session, String code) {
    return MarkedCode.mark(session, code, MarkedCode.LOGIN)
        .map(mark -> mark.substring(MarkedCode.LOGIN.length()))
        .map(text -> new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8))
        .map(LoginFacts::parse);
  }

  /** The facts as text that only the realm can read. */
  String seal(KeycloakSession session) {
    return SEALED.seal(session, session.getContext().getRealm(), json());
  }

  /** The facts that {@link #seal} encrypted; empty for anything else. */
  static Optional<LoginFacts> open(KeycloakSession session, Object sealed) {
    return sealed instanceof String text
        ? SEALED.open(session, session.getContext().getRealm(), text).map(LoginFacts::parse)
        : Optional.empty();
  }

  private String json() {
    ObjectNode json = JsonSerialization.mapper.createObjectNode();
    json.put(ACR, acr);
    if (txn != null) {
      json.put(TXN, txn);
    }
    if (consent != null) {
      json.put(CONSENT, consent);
    }
    if (!claims.isEmpty()) {
      json.set(CLAIMS, claims);
    }
    return json.toString();
  }

  private static LoginFacts parse(String text) {
    try {
      JsonNode json = JsonSerialization.mapper.readTree(text);
      return new LoginFacts(
          json.path(ACR).textValue(),
          json.path(TXN).textValue(),
          json.path(CONSENT).textValue(),
          json.path(CLAIMS) instanceof ObjectNode claims
              ? claims
              : JsonSerialization.mapper.createObjectNode());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what the server has encrypted is not JSON", e);
    }
  }
}
