package io.github.fapipack.revocation;

import io.github.fapipack.keycloak.ServerState;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The authorities of an ecosystem, which are the same objects in every request. */
final class ParsedAnchors {

  private static final int MOST = 100;

  private static final ServerState<Map<List<String>, List<X509Certificate>>> PARSED =
      new ServerState<>(ConcurrentHashMap::new);

  private ParsedAnchors() {}

  /**
   * @throws IllegalArgumentException if one of them is not a certificate
   */
  static List<X509Certificate> of(List<String> pems) {
    if (pems.isEmpty()) {
      return List.of();
    }
    Map<List<String>, List<X509Certificate>> parsed = PARSED.get();
    if (parsed.size() >= MOST) {
      parsed.clear();
    }
    return parsed.computeIfAbsent(
        pems, texts -> texts.stream().map(ParsedAnchors::certificate).toList());
  }

  private static X509Certificate certificate(String pem) {
    try {
      return JdkPkix.certificate(pem.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("an anchor of the ecosystem is not a certificate", e);
    }
  }
}
