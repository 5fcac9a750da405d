package io.github.fapipack.expiry;

import io.github.fapipack.audit.DatedKey;
import io.github.fapipack.audit.DatedKey.Status;
import io.github.fapipack.profile.Where;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.Config;

/**
 * The certificate of the server's own listener, if the server's options name its file. The
 * certificate of a proxy in front of it is not known.
 */
public final class ServerCertificate {

  private static final Logger LOGGER = Logger.getLogger(ServerCertificate.class);

  private static final String FILE = "https-certificate-file";
  private static final String STORE = "https-key-store-file";

  private static final Comparator<X509Certificate> BY_END =
      Comparator.comparing(X509Certificate::getNotAfter);

  private ServerCertificate() {}

  /** Empty if the server has no certificate of its own, or if it cannot be read. */
  public static Optional<DatedKey> find() {
    if (option("proxy-headers") != null) {
      return Optional.empty();
    }
    try {
      if (option(FILE) != null) {
        return Optional.of(dated(FILE, read(Path.of(option(FILE)))));
      }
      return option(STORE) == null
          ? Optional.empty()
          : inStore(Path.of(option(STORE))).map(certificate -> dated(STORE, certificate));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      LOGGER.debug("The server's certificate cannot be read", e);
      return Optional.empty();
    }
  }

  /** The first certificate in the file is the server's; those of its authorities follow. */
  private static X509Certificate read(Path file) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509").generateCertificates(in).iterator().next();
    }
  }

  private static Optional<X509Certificate> inStore(Path file)
      throws IOException, GeneralSecurityException {
    String password = option("https-key-store-password");
    KeyStore store =
        KeyStore.getInstance(file.toFile(), password == null ? null : password.toCharArray());
    X509Certificate first = null;
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate one) {
        first = first == null || BY_END.compare(one, first) < 0 ? one : first;
      }
    }
    return Optional.ofNullable(first);
  }

  private static DatedKey dated(String option, X509Certificate certificate) {
    return new DatedKey(
        Where.of(Where.Kind.server, null),
        option,
        Status.ACTIVE,
        certificate.getPublicKey().getAlgorithm(),
        "tls",
        null,
        certificate.getSubjectX500Principal().getName(),
        certificate.getNotAfter().toInstant());
  }

  private static String option(String name) {
    String value = Config.scope().root().get(name);
    return value == null || value.isBlank() ? null : value;
  }
}
