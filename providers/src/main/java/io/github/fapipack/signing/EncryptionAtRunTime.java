package io.github.fapipack.signing;

import io.github.fapipack.request.SentRequest;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.token.TokenResponses;
import java.util.Optional;
import org.keycloak.crypto.CekManagementProvider;
import org.keycloak.crypto.ContentEncryptionProvider;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.keys.loader.PublicKeyStorageManager;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.services.clientpolicy.context.UserInfoRequestContext;

/**
 * Refuses what is to be encrypted for a client whose stored settings or current keys do not allow
 * it; Keycloak would answer with a server error.
 */
final class EncryptionAtRunTime {

  private EncryptionAtRunTime() {}

  static void check(Occasion occasion) throws Refusal {
    Optional<SentRequest> sent = SentRequest.in(occasion.context());
    if (sent.isPresent()) {
      checkResponse(occasion, sent.get().parameters());
    } else if (occasion.context() instanceof UserInfoRequestContext) {
      require(occasion, "user.info.encrypted.response.");
    } else if (TokenResponses.of(occasion.context())
        .filter(tokens -> tokens.getIdToken() != null)
        .isPresent()) {
      require(occasion, "id.token.encrypted.response.");
    }
  }

  private static void checkResponse(Occasion occasion, AuthorizationEndpointRequest request)
      throws Refusal {
    String mode = request.getResponseMode();
    if (mode != null && RequireJwtResponseMode.MODES.contains(mode)) {
      require(occasion, "authorization.encrypted.response.");
    }
  }

  private static void require(Occasion occasion, String attribute) throws Refusal {
    ClientModel client = occasion.client();
    String algorithm = client == null ? null : client.getAttribute(attribute + "alg");
    if (algorithm == null || algorithm.isEmpty()) {
      return;
    }
    String method = client.getAttribute(attribute + "enc");
    if (!isKnown(occasion.session(), algorithm, method)) {
      throw Refusal.invalidRequest(
          "the client has registered an encryption that this server does not know (%salg, %senc);"
                  .formatted(attribute, attribute)
              + " register another one, or none");
    }
    if (PublicKeyStorageManager.getClientPublicKeyWrapper(
            occasion.session(), client, JWK.Use.ENCRYPTION, algorithm)
        == null) {
      throw Refusal.invalidRequest(
          "the client has registered to have this encrypted (%salg) and has no key for it;"
                  .formatted(attribute)
              + " publish one with use enc and alg "
              + algorithm);
    }
  }

  private static boolean isKnown(KeycloakSession session, String algorithm, String method) {
    return session.getProvider(CekManagementProvider.class, algorithm) != null
        && (method == null
            || method.isEmpty()
            || session.getProvider(ContentEncryptionProvider.class, method) != null);
  }
}
