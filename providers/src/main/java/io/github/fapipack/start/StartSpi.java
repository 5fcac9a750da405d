package io.github.fapipack.start;

import java.util.Set;
import org.keycloak.common.Version;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/**
 * Registers {@link PackStart}. Keycloak creates every SPI before it looks for providers, both in
 * {@code kc.sh build} and at start: only here can a Keycloak without what the pack needs be refused
 * with a clear message.
 */
public final class StartSpi implements Spi {

  private static final int SHOWN = 5;

  /**
   * @throws IllegalStateException if this Keycloak lacks something on which a rule depends
   */
  public StartSpi() {
    Set<String> missing = Hooks.ofThePack().missing();
    if (!missing.isEmpty()) {
      PackRelease release = PackRelease.current();
      throw new IllegalStateException(
          release.on(Version.VERSION)
              + " IS NOT SUPPORTED: it lacks "
              + missing.size()
              + " things on which rules depend, so these would not be enforced ("
              + String.join("; ", missing.stream().limit(SHOWN).toList())
              + (missing.size() > SHOWN ? "; ..." : "")
              + "). Use Keycloak "
              + release.testedVersions()
              + ", or take keycloak-fapi-providers.jar out of the folder providers.");
    }
  }

  @Override
  public boolean isInternal() {
    return true;
  }

  @Override
  public String getName() {
    return "fapi-pack";
  }

  @Override
  public Class<? extends Provider> getProviderClass() {
    return PackStart.class;
  }

  @Override
  @SuppressWarnings("rawtypes") // the signature in the interface
  public Class<? extends ProviderFactory> getProviderFactoryClass() {
    return PackStart.class;
  }
}
