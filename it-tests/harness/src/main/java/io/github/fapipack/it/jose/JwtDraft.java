package io.github.fapipack.it.jose;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A JWT before it is signed, whose header parameters and claims can all be changed.
 *
 * <p>Header and claims are serialized without validation, because attackers would not validate them
 * either.
 *
 * @param <T> the kind of JWT
 */
public abstract class JwtDraft<T extends JwtDraft<T>> {
  private final Map<String, Object> header = new LinkedHashMap<>();
  private final Map<String, Object> claims = new LinkedHashMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();
  private JWK key;

  /** A JWT issued now, with a unique identifier, signed with this key. */
  protected JwtDraft(JWK key) {
    key(key);
    claim("jti", UUID.randomUUID().toString());
    iat(Duration.ZERO);
  }

  /** Returns {@code this} with its own type. */
  protected abstract T self();

  /** Sets a header parameter; null leaves it out. */
  public T header(String name, Object value) {
    set(header, name, value);
    return self();
  }

  /** Sets a claim of any JSON type; null leaves it out. */
  public T claim(String name, Object value) {
    set(claims, name, value);
    texts.remove(name);
    return self();
  }

  /** Sets a claim to any JSON text, which is not validated. */
  public T json(String name, String text) {
    claim(name, null);
    texts.put(name, text);
    return self();
  }

  /** Leaves a claim out. */
  public T without(String claim) {
    return claim(claim, null);
  }

  /** Signs with another key, and sets its kid and algorithm. */
  public T key(JWK key) {
    this.key = key;
    header("alg", JwtSignature.naturalAlgorithm(key));
    return self();
  }

  /**
   * Sets the algorithm, and signs with it if the key can; {@code none} leaves the signature empty,
   * HS256 uses the public key as a shared secret.
   */
  public T alg(String algorithm) {
    return header("alg", algorithm);
  }

  /** Sets the type in the header; null leaves it out. */
  public T typ(String type) {
    return header("typ", type);
  }

  /** Sets the identifier. */
  public T jti(String jti) {
    return claim("jti", jti);
  }

  /** Sets the time of issue, relative to now. */
  public T iat(Duration fromNow) {
    return claim("iat", seconds(fromNow));
  }

  /** Sets the start of the validity, relative to now. */
  public T nbf(Duration fromNow) {
    return claim("nbf", seconds(fromNow));
  }

  /** Sets the expiry, relative to now. */
  public T exp(Duration fromNow) {
    return claim("exp", seconds(fromNow));
  }

  /** The key that signs. */
  public JWK key() {
    return key;
  }

  /** The value of a claim, or null. */
  public Object claim(String name) {
    return claims.get(name);
  }

  /** The signed JWT in compact form. */
  public String sign() {
    String input = encode(headerText()) + "." + encode(claimsText());
    Object algorithm = header.get("alg");
    return input + "." + JwtSignature.of(input, key, String.valueOf(algorithm));
  }

  /** The claims that are values. */
  protected Map<String, Object> claims() {
    return Collections.unmodifiableMap(claims);
  }

  /** The header as JSON. */
  protected String headerText() {
    return JSONObjectUtils.toJSONString(header);
  }

  /** The claims as JSON. */
  protected String claimsText() {
    StringBuilder text = new StringBuilder(JSONObjectUtils.toJSONString(claims));
    texts.forEach(
        (name, value) ->
            text.insert(
                text.length() - 1, (text.length() > 2 ? "," : "") + '"' + name + "\":" + value));
    return text.toString();
  }

  private static void set(Map<String, Object> values, String name, Object value) {
    if (value == null) {
      values.remove(name);
    } else {
      values.put(name, value);
    }
  }

  private static long seconds(Duration fromNow) {
    return Instant.now().plus(fromNow).getEpochSecond();
  }

  private static Base64URL encode(String json) {
    return Base64URL.encode(json);
  }
}
