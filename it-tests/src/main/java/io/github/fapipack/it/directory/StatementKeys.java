package io.github.fapipack.it.directory;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.fapipack.it.client.ClientKeys;
import java.util.ArrayList;
import java.util.List;

/** The keys with which a directory signs statements: the newest signs, older ones may stay. */
public final class StatementKeys {
  private final List<JWK> published = new ArrayList<>();
  private JWK current;

  StatementKeys(JWK first) {
    current = first;
    published.add(first);
  }

  /** The key that signs now. */
  public synchronized JWK current() {
    return current;
  }

  /** Signs with a new key of the same kind; older keys stay published. */
  public synchronized void rotate() {
    replace(current instanceof RSAKey ? ClientKeys.ps256() : ClientKeys.es256());
  }

  /** Signs with a new key without kid; older keys stay published. */
  public synchronized void rotateWithoutKid() {
    replace(
        current instanceof RSAKey
            ? new RSAKey.Builder(ClientKeys.ps256().toRSAKey()).keyID(null).build()
            : new ECKey.Builder(ClientKeys.es256().toECKey()).keyID(null).build());
  }

  /** Signs with this key, and publishes it. */
  public synchronized void replace(JWK key) {
    current = key;
    published.add(key);
  }

  /** Publishes only the key that signs now: statements of older keys are no longer valid. */
  public synchronized void dropOlder() {
    published.removeIf(key -> !key.equals(current));
  }

  synchronized String jwks() {
    return new JWKSet(List.copyOf(published)).toString(true);
  }
}
