package io.github.fapipack.it.testing;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.fapipack.it.client.ClientKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Keys for the many clients of a test run. Making an RSA key takes longer than most tests, so they
 * are used in turn, each time under another key id; keys of other types are always fresh.
 */
public final class TestKeys {
  private static final int DIFFERENT = 32;
  private static final List<RSAKey> RSA = new ArrayList<>();
  private static int next;

  private TestKeys() {}

  /** One key for each algorithm that FAPI2-SP 5.4.1 allows. */
  public static ClientKeys create() {
    return ClientKeys.of(ps256(), ClientKeys.es256(), ClientKeys.ed25519());
  }

  /** An RSA key of 2048 bits that none of the last clients has. */
  private static synchronized JWK ps256() {
    int index = next++ % DIFFERENT;
    if (index == RSA.size()) {
      RSA.add(ClientKeys.ps256().toRSAKey());
    }
    return new RSAKey.Builder(RSA.get(index)).keyID(UUID.randomUUID().toString()).build();
  }
}
