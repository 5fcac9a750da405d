package io.github.fapipack.start;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;
import java.security.Provider;
import java.security.Security;
import org.jboss.logging.Logger;
import org.keycloak.common.crypto.CryptoConstants;
import org.keycloak.common.crypto.CryptoIntegration;

/**
 * Signatures by the Amazon Corretto Crypto Provider, if its JAR is installed: it verifies ES256
 * several times as fast as Bouncy Castle, which Keycloak uses. Without the JAR, on an unsupported
 * platform, and in FIPS mode nothing changes.
 */
public final class NativeCrypto {

  private static final Logger LOGGER = Logger.getLogger(NativeCrypto.class);

  private NativeCrypto() {}

  /**
   * Makes the provider the preferred one of this JVM, if it is installed and passes its self-tests.
   */
  public static void install() {
    try {
      if (!isFips()) {
        Corretto.install();
      }
    } catch (NoClassDefFoundError e) {
      LOGGER.debug("The Amazon Corretto Crypto Provider is not among the providers");
    }
  }

  private static boolean isFips() {
    Provider original = CryptoIntegration.getProvider().getBouncyCastleProvider();
    return CryptoConstants.BCFIPS_PROVIDER_ID.equals(original.getName());
  }

  /** A separate class, so that the provider's classes are loaded only when it is used. */
  private static final class Corretto {
    static void install() {
      AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
      Throwable fault = corretto.getLoadingError();
      if (fault == null && corretto.runSelfTests() == SelfTestStatus.PASSED) {
        Security.insertProviderAt(corretto, 1);
        LOGGER.infof("Native crypto: %s %s", corretto.getName(), corretto.getVersionStr());
      } else {
        LOGGER.warnf(
            fault,
            "The Amazon Corretto Crypto Provider cannot be used here, so signatures stay with"
                + " Keycloak's own crypto; is its JAR the one for this platform (%s %s)?",
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
      }
    }
  }
}
