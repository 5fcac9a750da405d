package io.github.fapipack.security.authentication;

import io.github.fapipack.rule.RealmRules;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.ClientAuthenticationFlowContext;
import org.keycloak.authentication.authenticators.client.JWTClientAuthenticator;
import org.keycloak.authentication.authenticators.client.JWTClientValidator;
import org.keycloak.common.VerificationException;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.events.Details;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.crypto.HashUtils;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.Urls;

/**
 * Validates a client assertion: tries every key that its header allows (FAPI2-SP 5.4.3), counts
 * replays per client, and answers every failure with {@code invalid_client} and HTTP 401.
 */
final class PrivateKeyJwtValidator extends JWTClientValidator {

  private static final Logger LOGGER = Logger.getLogger(PrivateKeyJwtValidator.class);

  PrivateKeyJwtValidator(ClientAuthenticationFlowContext context) throws Exception {
    super(context, validator -> false, JWTClientAuthenticator.PROVIDER_ID);
  }

  @Override
  protected boolean validateSignature() {
    JWSInput jws = getJws();
    List<KeyWrapper> candidates = ClientKeys.candidates(session, getClient(), jws);
    if (candidates.isEmpty()) {
      return failure("no key of the client fits kid and alg of client_assertion");
    }
    for (KeyWrapper candidate : candidates) {
      if (isSignedWith(candidate, jws)) {
        context.getEvent().detail(Details.CLIENT_JWT_KID, candidate.getKid());
        return true;
      }
    }
    return failure("the signature of client_assertion is not valid");
  }

  private boolean isSignedWith(KeyWrapper key, JWSInput jws) {
    String algorithm = jws.getHeader().getRawAlgorithm();
    SignatureProvider provider = session.getProvider(SignatureProvider.class, algorithm);
    if (provider == null || jws.getSignature() == null) {
      return false;
    }
    key.setAlgorithm(algorithm); // the key is our own copy
    try {
      return provider
          .verifier(key)
          .verify(
              jws.getEncodedSignatureInput().getBytes(StandardCharsets.UTF_8), jws.getSignature());
    } catch (VerificationException | RuntimeException e) {
      LOGGER.debug("A key does not verify the client assertion", e);
      return false;
    }
  }

  /** Keycloak builds the addresses of five endpoints, which nobody needs who names the issuer. */
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

  /** FAPI2-SP 5.3.2.1-13 wants 10 s at the least and 60 s at the most. */
  @Override
  protected int getAllowedClockSkew() {
    return LimitClientAssertionLifetime.CLOCK_SKEW;
  }

  /** The client's own cap if it has one, else the rule's; Keycloak's default is a minute. */
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
   * Per realm and client, because one client's choice of {@code jti} is nobody else's business;
   * hashed, because its length is the client's choice too. The entry outlives the assertion.
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
