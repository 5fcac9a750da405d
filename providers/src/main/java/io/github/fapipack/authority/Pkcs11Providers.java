package io.github.fapipack.authority;

import java.security.Provider;
import java.security.Security;
import org.jboss.logging.Logger;

/** The security providers of HSMs that the server's options name. */
final class Pkcs11Providers {

  private static final Logger LOGGER = Logger.getLogger(Pkcs11Providers.class);

  private Pkcs11Providers() {}

  /**
   * Adds one provider for each configuration file, unless it is there already. A token that is
   * absent does not keep the server from starting.
   *
   * @param files null for none
   */
  static void add(String[] files) {
    for (String file : files == null ? new String[0] : files) {
      try {
        Provider configured = Security.getProvider("SunPKCS11").configure(file.strip());
        Security.addProvider(configured);
        LOGGER.infof("Issuing keys can be in the PKCS#11 provider %s", configured.getName());
      } catch (RuntimeException e) {
        LOGGER.errorf(e, "The PKCS#11 configuration %s cannot be used", file);
      }
    }
  }
}
