package io.github.fapipack.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.rule.Refusal;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.authentication.authenticators.client.JWTClientAuthenticator;
import org.keycloak.common.util.PemUtils;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/** Checks the keys in a client's own data when it is registered or updated. */
public final class RegisteredKeys {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How many faults a sentence names. */
  private static final int MOST_NAMED = 3;

  private static final String PUBLIC_KEY = JWTClientAuthenticator.ATTR_PREFIX + ".public.key";

  private RegisteredKeys() {}

  public static void check(ProposedClient client) throws Refusal {
    checkKeySet(client.attribute(OIDCConfigAttributes.JWKS_STRING));
    checkPem(client, JWTClientAuthenticator.CERTIFICATE_ATTR, true);
    checkPem(client, PUBLIC_KEY, false);
  }

  public static void checkKeySet(String keySet) throws Refusal {
    if (keySet == null || keySet.isBlank()) {
      return;
    }
    if (keySet.length() > ClientKeys.LONGEST_KEY_SET) {
      throw ProposedClient.refusal(
          "jwks has more than " + ClientKeys.LONGEST_KEY_SET + " characters; register fewer keys",
          OIDCConfigAttributes.JWKS_STRING);
    }
    JsonNode keys = keys(keySet);
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      String name = "jwks.keys[" + i + "]";
      if (KeyStrength.isWeak(keys.get(i))) {
        throw weak(name, OIDCConfigAttributes.JWKS_STRING);
      }
      if (KeyStrength.isCostly(keys.get(i))) {
        throw costly(name, OIDCConfigAttributes.JWKS_STRING);
      }
      KeyFault.of(keys.get(i), name).ifPresent(faults::add);
    }
    // Unreadable keys are ignored wherever keys are used, so it is enough that one is good.
    if (!faults.isEmpty() && faults.size() == keys.size()) {
      throw ProposedClient.refusal(
          "jwks holds no key that can be used: " + String.join("; ", first(faults)),
          OIDCConfigAttributes.JWKS_STRING);
    }
  }

  private static List<String> first(List<String> faults) {
    return faults.subList(0, Math.min(faults.size(), MOST_NAMED));
  }

  private static JsonNode keys(String keySet) throws Refusal {
    try {
      JsonNode keys = JSON.readTree(keySet).path("keys");
      if (keys.isArray()) {
        return keys;
      }
    } catch (JsonProcessingException e) {
      // refused below
    }
    throw noKeySet();
  }

  private static void checkPem(ProposedClient client, String attribute, boolean certificate)
      throws Refusal {
    String pem = client.attribute(attribute);
    if (pem == null || pem.isBlank()) {
      return;
    }
    try {
      PublicKey key =
          certificate
              ? PemUtils.decodeCertificate(pem).getPublicKey()
              : PemUtils.decodePublicKey(pem);
      if (KeyStrength.isWeak(key)) {
        throw weak("jwt.credential", attribute);
      }
      if (KeyStrength.isCostly(key)) {
        throw costly("jwt.credential", attribute);
      }
    } catch (RuntimeException e) {
      throw ProposedClient.refusal(
          "jwt.credential must hold a certificate or a public key as PEM", attribute);
    }
  }

  private static Refusal noKeySet() {
    return ProposedClient.refusal(
        "jwks must be a JSON Web Key Set: an object with 'keys'", OIDCConfigAttributes.JWKS_STRING);
  }

  private static Refusal costly(String field, String attribute) {
    return ProposedClient.refusal(
        field + " has an RSA key of more than 8192 bits, or with an exponent of more than 64 bits",
        attribute);
  }

  private static Refusal weak(String field, String attribute) {
    return ProposedClient.refusal(
        field + " has a key that is too weak; use RSA of at least 2048 bits or EC of at least 224",
        attribute);
  }
}
