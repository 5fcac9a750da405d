package io.github.fapipack.revocation;

import io.github.fapipack.keycloak.ServerState;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Valid paths of the last minutes, so that a client's certificate is not verified again in each
 * request.
 */
final class KnownPaths {

  private static final ServerState<KnownPaths> STATE = new ServerState<>(KnownPaths::new);

  private static final int MOST = 5_000;
  private static final long LONGEST_MILLIS = 600_000;

  /** A proxy may forward any number of certificates. */
  private static final int MOST_IN_CHAIN = 10;

  private record Known(Object anchors, CertificatePath path, long until) {}

  private final Map<String, Known> paths =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
              return size() > MOST;
            }
          });

  static KnownPaths ofServer() {
    return STATE.get();
  }

  /**
   * The path of a certificate.
   *
   * @param chain the certificate, then what was sent with it
   * @throws GeneralSecurityException if it has no valid path now
   */
  CertificatePath of(List<X509Certificate> chain, Anchors anchors, long now)
      throws GeneralSecurityException {
    List<X509Certificate> some = chain.subList(0, Math.min(chain.size(), MOST_IN_CHAIN));
    String key = key(some);
    Known known = paths.get(key);
    if (known != null
        && known.path().begin() <= now
        && now < known.until()
        && known.anchors().equals(anchors.identity())) {
      return known.path();
    }
    List<X509Certificate> own = new ArrayList<>();
    for (X509Certificate one : some) {
      // Those of another provider do not find themselves in the JDK's maps.
      own.add(JdkPkix.certificate(one.getEncoded()));
    }
    CertificatePath path = CertificatePath.build(own, anchors, now);
    long until = Math.min(path.end(), now + LONGEST_MILLIS);
    paths.put(key, new Known(anchors.identity(), path, until));
    return path;
  }

  private static String key(List<X509Certificate> chain) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (X509Certificate one : chain) {
      digest.update(one.getEncoded());
    }
    return Base64.getEncoder().encodeToString(digest.digest());
  }
}
