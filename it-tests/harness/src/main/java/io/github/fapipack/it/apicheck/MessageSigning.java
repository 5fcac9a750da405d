package io.github.fapipack.it.apicheck;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.httpsig.HttpSignature;
import java.net.URI;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Signs the honest message as the API wants it.
 *
 * @param issuer of signed bodies
 * @param audience of signed bodies
 */
record MessageSigning(Style style, JWK key, String issuer, String audience) {

  /** How an API has messages signed. */
  enum Style {
    NONE,
    /** RFC 9421, as FAPI 2.0 HTTP Signatures has it. */
    HTTP,
    /** The body is a JWT. */
    JWS,
    /** A header holds the signature of the body. */
    DETACHED
  }

  /** What an attack alters. */
  static final class Edits {
    private final List<Consumer<HttpSignature>> http = new ArrayList<>();
    private final List<Consumer<BodyJws>> jws = new ArrayList<>();
    private boolean unsigned;

    /** Alters the HTTP signature. */
    void http(Consumer<HttpSignature> edit) {
      http.add(edit);
    }

    /** Alters the JWS in or beside the body. */
    void jws(Consumer<BodyJws> edit) {
      jws.add(edit);
    }

    /** Leaves the signature out. */
    void leaveOut() {
      unsigned = true;
    }
  }

  /** The body to send. */
  String body(String honest, Edits edits) {
    if (style != Style.JWS || edits.unsigned || honest.isEmpty()) {
      return honest;
    }
    BodyJws jws = BodyJws.around(key, claims(honest), issuer, audience);
    edits.jws.forEach(edit -> edit.accept(jws));
    return jws.sign();
  }

  private static Map<String, Object> claims(String json) {
    try {
      return JSONObjectUtils.parse(json);
    } catch (ParseException e) {
      throw new CheckFailure("--body holds no JSON object, which --sign jws needs.", e);
    }
  }

  /** The media type of the body. */
  String contentType(String honest) {
    return style == Style.JWS ? "application/jwt" : honest;
  }

  /** Adds the headers with the signature. */
  void sign(String method, URI address, NamedValues headers, String body, Edits edits) {
    // A signature covers the token; attacks without one have nothing to sign.
    if (edits.unsigned || headers.get("Authorization").isEmpty()) {
      return;
    }
    if (style == Style.HTTP) {
      HttpSignature signature = new HttpSignature(key, headers, body);
      edits.http.forEach(edit -> edit.accept(signature));
      signature.sign(method, address, headers, body);
    } else if (style == Style.DETACHED && !body.isEmpty()) {
      BodyJws jws = BodyJws.beside(key, body, issuer);
      edits.jws.forEach(edit -> edit.accept(jws));
      headers.set("x-jws-signature", jws.sign());
    }
  }
}
