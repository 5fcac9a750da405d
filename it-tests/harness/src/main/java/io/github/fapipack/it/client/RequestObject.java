package io.github.fapipack.it.client;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.util.JSONUtils;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.jose.JwtDraft;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The JWT that holds the parameters of an authorization request (RFC 9101, FAPI2-MS 5.3.2). */
public final class RequestObject extends JwtDraft<RequestObject> {
  /** The parameters that stay outside of the object: client authentication. */
  private static final Set<String> BESIDE =
      Set.of("client_id", "client_secret", "client_assertion", "client_assertion_type");

  private JWK recipient;

  private JWEAlgorithm encryption = JWEAlgorithm.RSA_OAEP;

  private boolean unsigned;

  RequestObject(String clientId, String issuer, JWK key) {
    super(key);
    typ("oauth-authz-req+jwt");
    claim("iss", clientId);
    claim("aud", issuer);
    claim("client_id", clientId);
    nbf(Duration.ZERO);
    exp(Duration.ofMinutes(5));
  }

  /** Moves the parameters of a form into the object. */
  void take(NamedValues form) {
    form.entries().stream()
        .filter(parameter -> !BESIDE.contains(parameter.getKey()))
        .forEach(
            parameter -> {
              claim(parameter.getKey(), typed(parameter.getKey(), parameter.getValue()));
              form.set(parameter.getKey(), null);
            });
  }

  /** RFC 9101 4-1: numbers are numbers; RFC 9396 3: JSON is JSON. */
  private static Object typed(String name, String value) {
    if (name.equals("max_age") && value.matches("\\d+")) {
      return Long.valueOf(value);
    }
    if (name.equals("authorization_details")) {
      try {
        return JSONUtils.parseJSON(value);
      } catch (ParseException e) {
        return value; // what is not JSON is sent as text, as an attacker would do
      }
    }
    return value;
  }

  /** Sets the audience as an array. */
  public RequestObject audiences(String... audiences) {
    return claim("aud", List.of(audiences));
  }

  /** Encrypts the signed object for an RSA key of the server. */
  public RequestObject encryptedFor(JWK recipient) {
    this.recipient = recipient;
    return this;
  }

  /** Encrypts it with another algorithm for RSA keys. */
  public RequestObject encryptedFor(JWK recipient, String algorithm) {
    encryption = JWEAlgorithm.parse(algorithm);
    return encryptedFor(recipient);
  }

  /** Encrypts the unsigned claims, which a careless server could accept as a request object. */
  public RequestObject encryptedUnsignedFor(JWK recipient) {
    unsigned = true;
    return encryptedFor(recipient);
  }

  @Override
  public RequestObject key(JWK key) {
    return super.key(key).header("kid", key.getKeyID());
  }

  @Override
  protected RequestObject self() {
    return this;
  }

  @Override
  public String sign() {
    return recipient == null ? super.sign() : encrypted(unsigned ? claimsText() : super.sign());
  }

  private String encrypted(String content) {
    JWEHeader header =
        new JWEHeader.Builder(encryption, EncryptionMethod.A256GCM)
            .keyID(recipient.getKeyID())
            .contentType(unsigned ? null : "JWT")
            .build();
    JWEObject object = new JWEObject(header, new Payload(content));
    try {
      object.encrypt(new RSAEncrypter((RSAKey) recipient));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return object.serialize();
  }
}
