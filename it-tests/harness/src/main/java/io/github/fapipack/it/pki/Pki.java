package io.github.fapipack.it.pki;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The temporary certificates of one server: an authority for the server's own certificate, and
 * another one whose client certificates the server accepts.
 */
public final class Pki {
  /** Of the key store with the server's client certificate, which lives as long as the server. */
  public static final String BANK_PASSWORD = "certificate-of-the-bank";

  /** The store contains only public certificates, but Keycloak requires a password. */
  public static final String TRUST_STORE_PASSWORD = "certificates-only";

  private final CertificateAuthority serverCa =
      CertificateAuthority.create("CN=FAPI Pack server CA");
  private final CertificateAuthority clientCa =
      CertificateAuthority.create("CN=FAPI Pack client CA");
  private final ClientCertificate bank = clientCa.issue("CN=bank.example.com,O=FAPI Pack");
  private final String host;
  private final KeyPair serverKeys;
  private final X509Certificate server;

  private Pki(String host, KeyPair serverKeys) {
    this.host = host;
    this.serverKeys = serverKeys;
    this.server = serverCa.issueForHost(host, serverKeys.getPublic());
  }

  /** Creates everything for a server on localhost. */
  public static Pki create() {
    return new Pki("localhost", Keys.ec());
  }

  /**
   * Creates everything for a server that is known by this name as well, with an RSA key: FAPI 1.0
   * allows no cipher suite of TLS 1.2 for an EC key.
   */
  public static Pki forHost(String host) {
    return new Pki(host, Keys.rsa(2048));
  }

  /** The name by which clients know the server. */
  public String host() {
    return host;
  }

  /** TLS for another server with the same certificate, which asks for client certificates. */
  public SSLContext serverContext() {
    return context(
        new KeyManager[] {
          new SingleCertificate(new ClientCertificate(serverKeys.getPrivate(), server))
        },
        clientCa);
  }

  /** The authority that a client must trust. */
  public CertificateAuthority serverCa() {
    return serverCa;
  }

  /** The authority that the server trusts for client certificates. */
  public CertificateAuthority clientCa() {
    return clientCa;
  }

  /** The certificate with which the server itself is a client of the bank's consent service. */
  public ClientCertificate bank() {
    return bank;
  }

  /** TLS for a client that trusts this server and, unless null, uses the given certificate. */
  public SSLContext sslContext(ClientCertificate certificateOrNull) {
    return context(keyManagers(certificateOrNull), serverCa);
  }

  private static SSLContext context(KeyManager[] keys, CertificateAuthority trusted) {
    try {
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trustStore(trusted));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust.getTrustManagers(), new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot set up TLS", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes both authorities with their keys and what the server needs; returns the files. */
  public PkiFiles writeTo(Path folder) {
    PkiFiles files = new PkiFiles(OwnerOnly.folder(folder));
    OwnerOnly.write(files.serverCa(), Pem.text(serverCa.certificate()));
    OwnerOnly.write(files.serverCaKey(), Pem.text(serverCa.keys().getPrivate()));
    OwnerOnly.write(files.server(), Pem.text(server, serverCa.certificate()));
    OwnerOnly.write(files.serverKey(), Pem.text(serverKeys.getPrivate()));
    OwnerOnly.write(files.clientCa(), Pem.text(clientCa.certificate()));
    OwnerOnly.write(files.clientCaKey(), Pem.text(clientCa.keys().getPrivate()));
    OwnerOnly.write(files.clientTrustStore(), clientTrustStore());
    bank.writePkcs12(files.bank(), BANK_PASSWORD.toCharArray());
    return files;
  }

  private byte[] clientTrustStore() {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      trustStore(clientCa).store(bytes, TRUST_STORE_PASSWORD.toCharArray());
      return bytes.toByteArray();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot write the trust store", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeyStore trustStore(CertificateAuthority authority)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", authority.certificate());
    return store;
  }

  private static KeyManager[] keyManagers(ClientCertificate certificateOrNull) {
    return certificateOrNull == null
        ? new KeyManager[0]
        : new KeyManager[] {new SingleCertificate(certificateOrNull)};
  }
}
