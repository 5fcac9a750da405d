package io.github.fapipack.samples.bank;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the API is told of one realm.
 *
 * <pre>{@code
 * {
 *   "name": "bank",
 *   "issuer": "https://as.example/realms/bank",
 *   "accountsScope": "accounts",
 *   "introspection": {"clientId": "bank-api", "jwks": "api/jwks.json", "onlySigned": true},
 *   "signatures": {"jwks": "api/jwks.json", "clients": {"fintech": "fintech/jwks.json"}}
 * }
 * }</pre>
 *
 * @param accountsScope of tokens for accounts; with a colon at the end, what follows it in a token
 *     names a consent
 * @param introspection how the issuer is asked about each token; none if JWTs are taken at their
 *     word until they expire
 * @param signatures present if requests and responses are signed (FAPI2-HS)
 */
record RealmSettings(
    String name,
    String issuer,
    String accountsScope,
    Optional<Introspection> introspection,
    Optional<Signatures> signatures) {

  /**
   * The client with which the API asks the issuer.
   *
   * @param onlySigned whether an answer without a signature is refused (RFC 9701)
   */
  record Introspection(String clientId, JWK key, boolean onlySigned) {}

  /** The key that signs responses, and those of the clients that sign requests. */
  record Signatures(JWK key, Map<String, JWKSet> clients) {
    Signatures {
      clients = Map.copyOf(clients);
    }
  }

  static RealmSettings of(Map<String, Object> json, Path folder)
      throws ParseException, IOException {
    Map<String, Object> asking = JSONObjectUtils.getJSONObject(json, "introspection");
    Map<String, Object> signing = JSONObjectUtils.getJSONObject(json, "signatures");
    return new RealmSettings(
        JSONObjectUtils.getString(json, "name"),
        JSONObjectUtils.getString(json, "issuer"),
        JSONObjectUtils.getString(json, "accountsScope"),
        asking == null
            ? Optional.empty()
            : Optional.of(
                new Introspection(
                    JSONObjectUtils.getString(asking, "clientId"),
                    key(asking, folder),
                    Boolean.TRUE.equals(asking.get("onlySigned")))),
        signing == null
            ? Optional.empty()
            : Optional.of(new Signatures(key(signing, folder), clients(signing, folder))));
  }

  private static JWK key(Map<String, Object> json, Path folder) throws ParseException, IOException {
    return keys(JSONObjectUtils.getString(json, "jwks"), folder).getKeys().get(0);
  }

  private static Map<String, JWKSet> clients(Map<String, Object> json, Path folder)
      throws ParseException, IOException {
    Map<String, JWKSet> clients = new LinkedHashMap<>();
    for (Map.Entry<String, Object> client :
        JSONObjectUtils.getJSONObject(json, "clients").entrySet()) {
      clients.put(
          client.getKey(), keys(String.valueOf(client.getValue()), folder).toPublicJWKSet());
    }
    return clients;
  }

  private static JWKSet keys(String file, Path folder) throws ParseException, IOException {
    return JWKSet.load(folder.resolve(file).toFile());
  }
}
