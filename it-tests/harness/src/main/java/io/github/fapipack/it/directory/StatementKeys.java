package io.github.fapipack.it.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.Pem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The keys with which the box signs statements: the newest signs, older ones stay published. */
public final class StatementKeys {
  private final Box box;
  private final List<String> providers = new ArrayList<>();
  private JWK current;

  StatementKeys(Box box) {
    this.box = box;
    rotate();
  }

  /** The key that signs now. */
  public synchronized JWK current() {
    return current;
  }

  /** The box signs with a new key; older keys stay published. */
  public synchronized void rotate() {
    RSAKey key = ClientKeys.ps256().toRSAKey();
    String provider =
        box.addKeys(
            "rsa",
            Map.of(
                "privateKey", privateKey(key),
                "algorithm", "PS256",
                "priority", String.valueOf(1000 + providers.size())));
    providers.add(provider);
    current = new RSAKey.Builder(key).keyID(box.kid(provider)).build();
  }

  /** The box forgets all but the key that signs now: their statements are no longer valid. */
  public synchronized void dropOlder() {
    while (providers.size() > 1) {
      box.removeKeys(providers.remove(0));
    }
  }

  /**
   * A directory that the box is not: from now on statements are signed with a key without kid,
   * which is published with those of the box.
   */
  public synchronized void pretendWithoutKid(Served published, Supplier<String> ofBox) {
    current = new RSAKey.Builder(ClientKeys.ps256().toRSAKey()).keyID(null).build();
    ObjectNode set = (ObjectNode) Json.parse(ofBox.get());
    set.withArray("/keys").add(Json.tree(current.toPublicJWK().toJSONObject()));
    published.serve(set.toString());
  }

  private static String privateKey(RSAKey key) {
    try {
      return Pem.text(key.toPrivateKey());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
