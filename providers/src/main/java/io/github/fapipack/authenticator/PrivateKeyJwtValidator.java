package io.github.fapipack.authenticator;

import io.github.fapipack.authentication.AssertionAudiences;
import io.github.fapipack.authentication.LimitClientAssertionLifetime;
import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.keys.ClientKeys;
import io.github.fapipack.rule.RealmRules;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.ClientAuthenticationFlowContext;
import org.keycloak.authentication.authenticators.client.JWTClientAuthenticator;
import org.keycloak.authentication.authenticators.client.JWTClientValidator;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.events.Details;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.crypto.HashUtils;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.Urls;

/**
 * Validates a client assertion: tries every key that its header allows (FAPI2-SP 5.4.3), detects
 * replays per client, and answers every failure with {@code invalid_client} and HTTP 401.
 */
final class PrivateKeyJwtValidator extends JWTClientValidator {

  PrivateKeyJwtValidator(ClientAuthenticationFlowContext context) throws Exception {
    super(context, validator -> false, JWTClientAuthenticator.PROVIDER_ID);
  }

  @Override
  protected boolean validateSignature() {
    JWSInput jws = getJws();
    Optional<KeyWrapper> signer =
        new ClientSignature(session, getClient(), jws)
            .signer(
                jws.getEncodedSignatureInput().getBytes(StandardCharsets.UTF_8),
                jws.getSignature());
    signer.ifPresent(key -> context.getEvent().detail(Details.CLIENT_JWT_KID, key.getKid()));
    // Always the same sentence, so that nothing is disclosed about the client's keys.
    return signer.isPresent()
        || failure(
            "client_assertion is not signed with a key that the client has registered for its kid"
                + " and alg");
  }

  /** The algorithm that the client has registered, by the name in this assertion. */
  @Override
  protected String getExpectedSignatureAlgorithm() {
    String registered = super.getExpectedSignatureAlgorithm();
    String used = ClientKeys.algorithm(getJws());
    return Algorithms.areSame(registered, used) ? used : registered;
  }

  /**
   * Keycloak builds the addresses of five endpoints; clients that name the issuer do not need them.
   */
  @Override
  protected List<String> getExpectedAudiences() {
    String issuer = Urls.realmIssuer(context.getUriInfo().getBaseUri(), realm.getName());
    return clientAssertionState.getToken().hasAudience(issuer)
        ? List.of(issuer)
        : super.getExpectedAudiences();
  }

  @Override
  protected boolean isMultipleAudienceAllowed() {
    return AssertionAudiences.maySeveral(session, getClient()) || super.isMultipleAudienceAllowed();
  }

  /** FAPI2-SP 5.3.2.1-13 requires at least 10 s and at most 60 s. */
  @Override
  protected int getAllowedClockSkew() {
    return LimitClientAssertionLifetime.CLOCK_SKEW;
  }

  /**
   * The client's own limit if it has one, otherwise the rule's; Keycloak's default is one minute.
   */
  @Override
  protected int getMaximumExpirationTime() {
    if (getClient().getAttribute(OIDCConfigAttributes.TOKEN_ENDPOINT_AUTH_SIGNING_MAX_EXP)
        != null) {
      return super.getMaximumExpirationTime();
    }
    return RealmRules.of(session, realm)
        .settings(session, LimitClientAssertionLifetime.class)
        .map(LimitClientAssertionLifetime.Lifetime::maxSeconds)
        .orElseGet(super::getMaximumExpirationTime);
  }

  /**
   * Per realm and client, because clients choose {@code jti} independently; hashed, because the
   * client also chooses its length. The entry is kept longer than the assertion is valid.
   */
  @Override
  protected boolean validateTokenReuse(long ignored) {
    JsonWebToken assertion = clientAssertionState.getToken();
    String text = realm.getId() + '\n' + getClient().getId() + '\n' + assertion.getId();
    String key =
        "fapi-client-assertion:"
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(HashUtils.hash("SHA-256", text.getBytes(StandardCharsets.UTF_8)));
    return session.singleUseObjects().putIfAbsent(key, secondsAcceptable(assertion))
        || failure("client_assertion was used before; sign a new one with another jti");
  }

  private long secondsAcceptable(JsonWebToken assertion) {
    long until = assertion.getExp();
    if (assertion.getIat() != null) {
      until = Math.min(until, assertion.getIat() + getMaximumExpirationTime());
    }
    return until - currentTime + 2; // seconds are rounded down on both sides
  }

  @Override
  public boolean failure(String error, String errorDescription, int statusCode) {
    return super.failure(
        OAuthErrorException.INVALID_CLIENT,
        errorDescription,
        Response.Status.UNAUTHORIZED.getStatusCode());
  }
}
