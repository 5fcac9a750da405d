package io.github.fapipack.it.check;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.jarm.JARMValidator;
import io.github.fapipack.it.http.NamedValues;
import java.io.IOException;
import java.text.ParseException;
import java.util.Map;
import java.util.Set;

/** Verifies signed authorization responses (JARM 2.4) with the Connect2id SDK. */
public final class JarmCheck {
  private static final Set<JWSAlgorithm> ALLOWED =
      Set.of(JWSAlgorithm.PS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);
  private static final ObjectMapper STRICT =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private JarmCheck() {}

  /**
   * The response parameters inside.
   *
   * @param decryptionKey null if the client has registered none
   */
  public static NamedValues verify(
      String response, String issuer, String clientId, String jwks, JWK decryptionKey) {
    try {
      SignedJWT jwt = signed(response, decryptionKey);
      JWSAlgorithm algorithm = JWSAlgorithm.parse(jwt.getHeader().getAlgorithm().getName());
      if (!ALLOWED.contains(algorithm)) {
        throw new AssertionError("the authorization response is signed with " + algorithm);
      }
      new JARMValidator(new Issuer(issuer), new ClientID(clientId), algorithm, JWKSet.parse(jwks))
          .validate(jwt);
      NamedValues parameters = new NamedValues();
      JsonNode claims = STRICT.readTree(jwt.getPayload().toBytes());
      for (Map.Entry<String, JsonNode> claim : claims.properties()) {
        parameters.add(claim.getKey(), claim.getValue().asText());
      }
      return parameters;
    } catch (ParseException | BadJOSEException | JOSEException | IOException e) {
      throw new AssertionError("invalid response JWT: " + e.getMessage() + "\n" + response, e);
    }
  }

  private static SignedJWT signed(String response, JWK decryptionKey)
      throws ParseException, JOSEException {
    if (!(JWTParser.parse(response) instanceof EncryptedJWT encrypted)) {
      return SignedJWT.parse(response);
    }
    encrypted.decrypt(new RSADecrypter((RSAKey) decryptionKey));
    return encrypted.getPayload().toSignedJWT();
  }
}
