package io.github.fapipack.start;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;
import java.security.Provider;
import java.security.Security;
import org.jboss.logging.Logger;
import org.keycloak.common.crypto.CryptoConstants;
import org.keycloak.common.crypto.CryptoIntegration;

/**
 * Signatures by the Amazon Corretto Crypto Provider, for whoever puts its JAR beside the pack: it
 * verifies ES256 several times as fast as Bouncy Castle, which Keycloak uses. Without the JAR, on a
 * platform that it is not made for, and in FIPS mode all stays as Keycloak has it.
 */
public final class NativeCrypto {

  private static final Logger LOGGER = Logger.getLogger(NativeCrypto.class);

  private NativeCrypto() {}

  /** Puts the provider before all others of this JVM, if it is there and passes its own tests. */
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
    Provider keycloaks = CryptoIntegration.getProvider().getBouncyCastleProvider();
    return CryptoConstants.BCFIPS_PROVIDER_ID.equals(keycloaks.getName());
  }

  /** Apart, so that its classes are asked for only when it is used. */
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
