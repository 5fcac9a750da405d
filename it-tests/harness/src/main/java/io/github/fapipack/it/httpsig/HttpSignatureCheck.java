package io.github.fapipack.it.httpsig;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.jose.JwtSignature;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.greenbytes.http.sfv.Dictionary;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.Parser;

/** Verifies the signature of a resource's response as a client must (FAPI2-HS 5.3.2.2). */
public final class HttpSignatureCheck {
  private static final long MAX_AGE = 60;

  private HttpSignatureCheck() {}

  /** Fails unless the answer is signed with a key of the server and bound to its request. */
  public static HttpExchange verify(HttpExchange answer, String jwks) {
    Map<String, ListElement<?>> inputs = dictionary(answer, "Signature-Input").get();
    List<Map.Entry<String, ListElement<?>>> tagged =
        inputs.entrySet().stream()
            .filter(entry -> "fapi-2-response".equals(parameter(entry.getValue(), "tag")))
            .toList();
    if (tagged.size() != 1) {
      throw failure("one signature with the tag fapi-2-response", answer);
    }
    InnerList input = (InnerList) tagged.get(0).getValue();
    requireCoverage(input, answer);
    requireTime(input, answer);
    if (!answer.body().isEmpty()
        && !HttpSignature.digest("sha-256", answer.body())
            .equals(answer.header("Content-Digest"))) {
      throw failure("the digest of the content", answer);
    }
    ByteBuffer value =
        (ByteBuffer) dictionary(answer, "Signature").get().get(tagged.get(0).getKey()).get();
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    String base = HttpSignatureBase.of(answer).over(input);
    if (!isGood(key(input, jwks, answer), base, bytes)) {
      throw failure("a signature by the server's key over\n" + base, answer);
    }
    return answer;
  }

  private static void requireCoverage(InnerList input, HttpExchange answer) {
    List<String> covered = input.get().stream().map(Item::serialize).toList();
    List<String> wanted =
        new ArrayList<>(List.of("\"@status\"", "\"@method\";req", "\"@target-uri\";req"));
    for (String name : List.of("content-digest", "signature", "signature-input")) {
      if (answer.sentHeaders().get(name).isPresent()) {
        wanted.add("\"" + name + "\";req");
      }
    }
    if (!answer.body().isEmpty()) {
      wanted.addAll(List.of("\"content-digest\"", "\"content-type\""));
    }
    if (!covered.containsAll(wanted)) {
      throw failure("a signature that covers " + wanted, answer);
    }
  }

  private static void requireTime(InnerList input, HttpExchange answer) {
    long created = Long.parseLong(String.valueOf(parameter(input, "created")));
    if (Math.abs(Instant.now().getEpochSecond() - created) > MAX_AGE) {
      throw failure("a signature created just now", answer);
    }
  }

  private static JWK key(InnerList input, String jwks, HttpExchange answer) {
    try {
      JWK key = JWKSet.parse(jwks).getKeyByKeyId(String.valueOf(parameter(input, "keyid")));
      if (key == null) {
        throw failure("the keyid of a key of the server", answer);
      }
      return key;
    } catch (ParseException e) {
      throw new AssertionError("unreadable keys of the server", e);
    }
  }

  private static boolean isGood(JWK key, String base, byte[] signature) {
    try {
      JWSVerifier verifier = verifier(key);
      JWSHeader header = new JWSHeader(JWSAlgorithm.parse(JwtSignature.naturalAlgorithm(key)));
      return verifier.verify(
          header, base.getBytes(StandardCharsets.US_ASCII), Base64URL.encode(signature));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static JWSVerifier verifier(JWK key) throws JOSEException {
    if (key instanceof ECKey ec) {
      return new ECDSAVerifier(ec);
    }
    return key instanceof OctetKeyPair okp
        ? new Ed25519Verifier(okp)
        : new RSASSAVerifier((RSAKey) key);
  }

  private static Object parameter(ListElement<?> element, String name) {
    Item<?> value = element instanceof InnerList list ? list.getParams().get(name) : null;
    return value == null ? null : value.get();
  }

  private static Dictionary dictionary(HttpExchange answer, String field) {
    List<String> lines = answer.headers().all(field);
    if (lines.isEmpty()) {
      throw failure("a field " + field, answer);
    }
    return new Parser(lines).parseDictionary();
  }

  private static AssertionError failure(String wanted, HttpExchange answer) {
    return new AssertionError("expected " + wanted + " but got:\n" + answer);
  }
}
