package io.github.fapipack.samples.bank;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificates of the API, from PEM files.
 *
 * @param key PKCS#8, as {@code openssl genpkey} writes it
 * @param clientAuthority who issues the certificates of callers
 * @param issuerAuthority who issues the certificates of authorization servers
 */
record Tls(Path certificate, Path key, Path clientAuthority, Path issuerAuthority) {
  private static final char[] IN_MEMORY_ONLY = {};

  static Tls of(Map<String, Object> json, Path folder) throws ParseException {
    return new Tls(
        folder.resolve(JSONObjectUtils.getString(json, "certificate")),
        folder.resolve(JSONObjectUtils.getString(json, "key")),
        folder.resolve(JSONObjectUtils.getString(json, "clientAuthority")),
        folder.resolve(JSONObjectUtils.getString(json, "issuerAuthority")));
  }

  /** TLS of this server. */
  SSLContext forCallers() throws IOException {
    try {
      KeyStore store = store();
      Certificate[] chain = certificates(certificate).toArray(Certificate[]::new);
      store.setKeyEntry("server", privateKey(), IN_MEMORY_ONLY, chain);
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, IN_MEMORY_ONLY);
      return context(keys.getKeyManagers(), trust(clientAuthority));
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate or its key cannot be used: " + e.getMessage(), e);
    }
  }

  /** TLS of this API when it calls an authorization server. */
  SSLContext forIssuers() throws IOException {
    try {
      return context(null, trust(issuerAuthority));
    } catch (GeneralSecurityException e) {
      throw new IOException("the issuers' authority cannot be used: " + e.getMessage(), e);
    }
  }

  private static SSLContext context(KeyManager[] keys, TrustManager[] trust)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust, null);
    return context;
  }

  private static TrustManager[] trust(Path authority) throws GeneralSecurityException, IOException {
    KeyStore store = store();
    for (Certificate one : certificates(authority)) {
      store.setCertificateEntry("authority " + store.size(), one);
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    return trust.getTrustManagers();
  }

  private static KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }

  private PrivateKey privateKey() throws GeneralSecurityException, IOException {
    String base64 = Files.readString(key).replaceAll("-----[A-Z ]+-----|\\s", "");
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
    try {
      return KeyFactory.getInstance("EC").generatePrivate(encoded);
    } catch (GeneralSecurityException noEllipticCurve) {
      return KeyFactory.getInstance("RSA").generatePrivate(encoded);
    }
  }
}
