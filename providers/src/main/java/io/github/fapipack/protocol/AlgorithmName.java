package io.github.fapipack.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.keycloak.JsonReading;
import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.RealmRules;
import java.io.IOException;
import org.keycloak.jose.jws.Algorithm;
import org.keycloak.jose.jws.JWSHeader;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Treats EdDSA and Ed25519 as one algorithm with two names (RFC 9864 2.2): a client may register
 * one of them for its request objects and use the other. Keycloak compares the names when the
 * object is pushed and again when it is used, and offers no hook there. So this mix-in makes
 * Keycloak's JSON mapper read {@code alg} as the name that the client has registered.
 */
abstract class AlgorithmName {

  @JsonProperty("alg")
  @JsonDeserialize(using = Reader.class)
  @SuppressWarnings("UnusedVariable") // only Jackson reads it
  private Algorithm algorithm;

  private AlgorithmName() {}

  /** Called once, before the first header is read. */
  static void install() {
    JsonReading.change(JWSHeader.class, AlgorithmName.class);
  }

  /** For all other algorithms the name does not change. */
  static final class Reader extends StdDeserializer<Algorithm> {

    private static final long serialVersionUID = 1L;

    Reader() {
      super(Algorithm.class);
    }

    @Override
    public Algorithm deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      String sent = json.getValueAsString();
      try {
        return Algorithm.valueOf(
            Algorithms.areSame(sent, Algorithms.ED25519) ? asRegistered(sent) : sent);
      } catch (IllegalArgumentException | NullPointerException e) {
        throw context.weirdStringException(sent, Algorithm.class, "no known algorithm");
      }
    }

    private static String asRegistered(String sent) {
      KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
      ClientModel client = session == null ? null : session.getContext().getClient();
      if (client == null || RealmRules.of(session).isEmpty()) {
        return sent;
      }
      String registered =
          client.getAttribute(
              Endpoint.of(session) == Endpoint.BACKCHANNEL_AUTHENTICATION
                  ? CibaConfig.CIBA_BACKCHANNEL_AUTH_REQUEST_SIGNING_ALG
                  : OIDCConfigAttributes.REQUEST_OBJECT_SIGNATURE_ALG);
      return Algorithms.areSame(sent, registered) ? registered : sent;
    }
  }
}
