package io.github.fapipack.it.httpsig;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.jose.JwtSignature;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.Dictionary;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.StringItem;

/** The signature of a resource request (FAPI2-HS 5.3.1.1), correct unless it is altered. */
public final class HttpSignature {
  private final List<String> covered = new ArrayList<>();
  private final Map<String, Object> parameters = new LinkedHashMap<>();
  private JWK key;
  private String label = "sig1";
  private String digestAlgorithm = "sha-256";

  /** The signature of a message with these headers and this body, not yet made. */
  public HttpSignature(JWK key, NamedValues headers, String body) {
    this.key = key;
    covered.addAll(List.of("@method", "@target-uri", "authorization"));
    if (headers.get("DPoP").isPresent()) {
      covered.add("dpop");
    }
    if (!body.isEmpty()) {
      covered.add("content-digest");
    }
    parameters.put("created", Instant.now().getEpochSecond());
    parameters.put("keyid", key.getKeyID());
    parameters.put("tag", "fapi-2-request");
  }

  /** Does not cover a component. */
  public HttpSignature uncovering(String component) {
    covered.remove(component);
    return this;
  }

  /** Covers one more component. */
  public HttpSignature covering(String component) {
    covered.add(component);
    return this;
  }

  /** Sets a parameter of the signature; null leaves it out. */
  public HttpSignature parameter(String name, Object value) {
    if (value == null) {
      parameters.remove(name);
    } else {
      parameters.put(name, value);
    }
    return this;
  }

  /** Signs with another key under the same {@code keyid}. */
  public HttpSignature key(JWK other) {
    key = other;
    return this;
  }

  /** Sets the label of the signature in both fields. */
  public HttpSignature label(String other) {
    label = other;
    return this;
  }

  /** Digests the body with another algorithm, by its name in RFC 9530. */
  public HttpSignature digest(String algorithm) {
    digestAlgorithm = algorithm;
    return this;
  }

  /** Adds digest and signature to a request's headers. */
  public void sign(String method, URI uri, NamedValues headers, String body) {
    if (!body.isEmpty()) {
      headers.set("Content-Digest", digest(digestAlgorithm, body));
    }
    List<Item<?>> components = new ArrayList<>();
    covered.forEach(name -> components.add(StringItem.valueOf(name)));
    InnerList input = InnerList.valueOf(components).withParams(Parameters.valueOf(parameters));
    String base = HttpSignatureBase.of(method, uri, headers).over(input);
    byte[] value = JwtSignature.of(base, key, JwtSignature.naturalAlgorithm(key)).decode();
    headers.add("Signature-Input", Dictionary.valueOf(Map.of(label, input)).serialize());
    headers.add(
        "Signature",
        Dictionary.valueOf(Map.of(label, ByteSequenceItem.valueOf(value))).serialize());
  }

  /** The value of {@code Content-Digest} for a body. */
  static String digest(String algorithm, String body) {
    try {
      String jca = algorithm.equals("md5") ? "MD5" : algorithm.toUpperCase(Locale.ROOT);
      byte[] hash = MessageDigest.getInstance(jca).digest(body.getBytes(StandardCharsets.UTF_8));
      return Dictionary.valueOf(Map.of(algorithm, ByteSequenceItem.valueOf(hash))).serialize();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
