package io.github.fapipack.resourceserver.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A body whose signature is the client's. */
public final class SignedBody {
  private final Map<String, Object> header;
  private final Map<String, Object> claims;
  private final byte[] payload;

  SignedBody(Map<String, Object> header, Map<String, Object> claims, byte[] payload) {
    this.header = Collections.unmodifiableMap(new LinkedHashMap<>(header));
    this.claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    this.payload = payload.clone();
  }

  /** The parameters of the JOSE header, as parsed JSON. */
  public Map<String, Object> header() {
    return header;
  }

  /**
   * The claims of a body that is a JWT, as parsed JSON; its data are among them. Empty for a
   * detached signature.
   */
  public Map<String, Object> claims() {
    return claims;
  }

  /** The bytes that were signed: the claims as text, or the body itself. */
  public byte[] payload() {
    return payload.clone();
  }
}
