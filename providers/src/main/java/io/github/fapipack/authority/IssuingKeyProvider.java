package io.github.fapipack.authority;

import io.github.fapipack.keycloak.PlainProvider;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.common.util.Time;
import org.keycloak.component.ComponentModel;
import org.keycloak.crypto.KeyStatus;
import org.keycloak.crypto.KeyType;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.keys.Attributes;
import org.keycloak.keys.KeyProvider;

/**
 * Shows an issuing key among the realm's keys. Keycloak gets its certificate only: without a public
 * key it is not published at jwks_uri, and without a use and a private key nothing else can be
 * signed with it.
 */
final class IssuingKeyProvider implements KeyProvider, PlainProvider {

  /** No algorithm of tokens. */
  static final String ALGORITHM = "X509";

  private final ComponentModel model;
  private final IssuingKey key;

  /**
   * @param key null if it cannot be read, which is logged
   */
  IssuingKeyProvider(ComponentModel model, IssuingKey key) {
    this.model = model;
    this.key = key;
  }

  @Override
  public Stream<KeyWrapper> getKeysStream() {
    return key == null ? Stream.empty() : Stream.of(wrapper());
  }

  private KeyWrapper wrapper() {
    boolean enabled = model.get(Attributes.ENABLED_KEY, true);
    KeyWrapper wrapper = new KeyWrapper();
    wrapper.setProviderId(model.getId());
    wrapper.setProviderPriority(model.get(Attributes.PRIORITY_KEY, 0L));
    wrapper.setKid(key.id());
    wrapper.setType(
        "RSA".equals(key.certificate().getPublicKey().getAlgorithm()) ? KeyType.RSA : KeyType.EC);
    wrapper.setAlgorithm(ALGORITHM);
    wrapper.setStatus(
        KeyStatus.from(key.active() && key.isValidAt(Time.currentTimeMillis()), enabled));
    wrapper.setCertificate(key.certificate());
    wrapper.setCertificateChain(List.copyOf(key.chain()));
    return wrapper;
  }

  @Override
  public void close() {}
}
