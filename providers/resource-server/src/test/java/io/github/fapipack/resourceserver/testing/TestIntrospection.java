package io.github.fapipack.resourceserver.testing;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** The introspection endpoint of a {@link TestIssuer} (RFC 7662, RFC 9701). */
public final class TestIntrospection {
  private static final String SIGNED = "application/token-introspection+jwt";

  private final TestIssuer issuer;
  private final Map<String, Map<String, Object>> known = new ConcurrentHashMap<>();
  private final List<Map<String, String>> forms = new CopyOnWriteArrayList<>();
  private volatile boolean signs = true;
  private volatile UnaryOperator<Map<String, Object>> answer = members -> members;
  private volatile UnaryOperator<Map<String, Object>> envelope = members -> members;
  private volatile UnaryOperator<Map<String, Object>> header = members -> members;
  private volatile JWK signedBy;
  private volatile JWK encryptionKey;

  TestIntrospection(TestIssuer issuer) {
    this.issuer = issuer;
  }

  /** Tells these claims of the token from now on. */
  public void knows(String token, Map<String, Object> claims) {
    known.put(token, Jws.present(claims));
  }

  /** The token is not active any more. */
  public void revoke(String token) {
    known.remove(token);
  }

  /** Answers are plain JSON even if a signed one is asked for. */
  public void signs(boolean signs) {
    this.signs = signs;
  }

  /** Changes the members of each answer before it is sent. */
  public void answering(UnaryOperator<Map<String, Object>> change) {
    this.answer = change;
  }

  /** Changes the claims of the JWT around each signed answer. */
  public void enveloping(UnaryOperator<Map<String, Object>> change) {
    this.envelope = change;
  }

  /** Changes the JOSE header of each signed answer. */
  public void heading(UnaryOperator<Map<String, Object>> change) {
    this.header = change;
  }

  /** Signed answers are signed with this key instead. */
  public void signedBy(JWK privateKey) {
    this.signedBy = privateKey;
  }

  /** Signed answers are encrypted to this public key too. */
  public void encryptsTo(JWK publicKey) {
    this.encryptionKey = publicKey;
  }

  /** The parameters of all requests so far. */
  public List<Map<String, String>> requests() {
    return List.copyOf(forms);
  }

  void answer(HttpExchange exchange) throws IOException {
    Map<String, String> form =
        form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    forms.add(form);
    Map<String, Object> members = new LinkedHashMap<>();
    Map<String, Object> claims = known.get(form.getOrDefault("token", ""));
    members.put("active", claims != null);
    if (claims != null) {
      members.putAll(claims);
    }
    Map<String, Object> told = Jws.present(answer.apply(members));
    String accept = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
    if (signs && accept.contains(SIGNED)) {
      Trouble.body(SIGNED, signed(clientOf(form), told)).answer(exchange);
    } else {
      Trouble.body("application/json", JSONObjectUtils.toJSONString(told)).answer(exchange);
    }
  }

  private String signed(String clientId, Map<String, Object> told) throws IOException {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer.issuer());
    claims.put("aud", clientId);
    claims.put("iat", issuer.now().getEpochSecond());
    claims.put("token_introspection", told);
    Map<String, Object> type = new LinkedHashMap<>(Map.of("typ", "token-introspection+jwt"));
    JWK key = signedBy == null ? issuer.signingKey() : signedBy;
    String jwt = Jws.sign(key, header.apply(type), envelope.apply(claims));
    return encryptionKey == null ? jwt : encrypted(jwt);
  }

  private String encrypted(String jwt) throws IOException {
    try {
      boolean rsa = encryptionKey instanceof RSAKey;
      JWEObject jwe =
          new JWEObject(
              new JWEHeader.Builder(
                      rsa ? JWEAlgorithm.RSA_OAEP_256 : JWEAlgorithm.ECDH_ES,
                      EncryptionMethod.A256GCM)
                  .contentType("JWT")
                  .keyID(encryptionKey.getKeyID())
                  .build(),
              new Payload(jwt));
      jwe.encrypt(
          rsa
              ? new RSAEncrypter(encryptionKey.toRSAKey())
              : new ECDHEncrypter(encryptionKey.toECKey()));
      return jwe.serialize();
    } catch (JOSEException e) {
      throw new IOException(e);
    }
  }

  /** Who asks: the subject of its assertion, or the parameter (RFC 8705 2). */
  private static String clientOf(Map<String, String> form) {
    String assertion = form.get("client_assertion");
    if (assertion == null) {
      return form.getOrDefault("client_id", "nobody");
    }
    try {
      return SignedJWT.parse(assertion).getJWTClaimsSet().getSubject();
    } catch (ParseException e) {
      return "nobody";
    }
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : body.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return form;
  }
}
