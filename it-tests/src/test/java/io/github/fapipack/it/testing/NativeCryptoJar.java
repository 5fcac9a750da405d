package io.github.fapipack.it.testing;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The JAR with native crypto that Maven has chosen, to be put beside the pack's. */
public final class NativeCryptoJar {

  private NativeCryptoJar() {}

  public static Path path() {
    try {
      return Path.of(
          AmazonCorrettoCryptoProvider.class
              .getProtectionDomain()
              .getCodeSource()
              .getLocation()
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
