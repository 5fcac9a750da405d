package io.github.fapipack.authority;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.keycloak.component.ComponentModel;
import org.keycloak.keys.Attributes;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Reads an issuing key from where its component says that it is. */
final class KeyReader {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final ComponentModel model;

  KeyReader(KeycloakSession session, RealmModel realm, ComponentModel model) {
    this.session = session;
    this.realm = realm;
    this.model = model;
  }

  /** The key, which is not yet known to fit its certificates. */
  IssuingKey read() throws KeyFault {
    String type = KeyPlace.get(model, KeyPlace.TYPE);
    if (type == null || type.equals(KeyPlace.PEM)) {
      return key(privateKey(secret(KeyPlace.PRIVATE_KEY)), chain(), null);
    }
    Provider token = type.equals(KeyPlace.PKCS11) ? token() : null;
    char[] password = password();
    try {
      KeyStore store = token == null ? file(type, password) : token(token, password);
      String alias = required(KeyPlace.ALIAS, "the alias is missing");
      if (!(store.getKey(alias, password) instanceof PrivateKey key)) {
        throw new KeyFault("the keystore has no private key with this alias");
      }
      List<X509Certificate> chain = chain();
      return key(
          key, chain.isEmpty() ? certificates(store.getCertificateChain(alias)) : chain, token);
    } catch (GeneralSecurityException | IOException e) {
      throw new KeyFault("the keystore cannot be read; check its type, password and alias", e);
    }
  }

  private IssuingKey key(PrivateKey key, List<X509Certificate> chain, Provider token)
      throws KeyFault {
    if (chain.isEmpty()) {
      throw new KeyFault("the certificates are missing");
    }
    boolean active = model.get(Attributes.ACTIVE_KEY, true);
    return new IssuingKey(model.getId(), active, key, List.copyOf(chain), token);
  }

  private String secret(String name) throws KeyFault {
    String value = required(name, "the private key is missing");
    return session.vault().getStringSecret(value).get().orElse(value);
  }

  private char[] password() throws KeyFault {
    String value = required(KeyPlace.PASSWORD, "the password is missing");
    return session.vault().getStringSecret(value).get().orElse(value).toCharArray();
  }

  private String required(String name, String fault) throws KeyFault {
    String value = KeyPlace.get(model, name);
    if (value == null) {
      throw new KeyFault(fault);
    }
    return value;
  }

  /** The same folder as Keycloak's own keystores, so that a realm does not read another's. */
  private KeyStore file(String type, char[] password)
      throws KeyFault, GeneralSecurityException, IOException {
    String name = required(KeyPlace.PATH, "the file of the keystore is missing");
    Path path;
    try {
      Path folder =
          Path.of(System.getProperty("kc.home.dir", ""), "data", realm.getName()).normalize();
      path = folder.resolve(name).normalize();
      if (!path.startsWith(folder)) {
        throw new KeyFault("the keystore must be in the folder data/<realm> of the server");
      }
    } catch (InvalidPathException e) {
      throw new KeyFault("the keystore must be in the folder data/<realm> of the server", e);
    }
    KeyStore store = KeyStore.getInstance(type);
    try (InputStream content = Files.newInputStream(path)) {
      store.load(content, password);
    }
    return store;
  }

  private Provider token() throws KeyFault {
    String name = required(KeyPlace.TOKEN, "the name of the PKCS#11 provider is missing");
    Provider provider = Security.getProvider(name);
    if (provider == null || provider.getService("KeyStore", KeyPlace.PKCS11) == null) {
      throw new KeyFault("the server has no PKCS#11 provider with this name");
    }
    return provider;
  }

  private static KeyStore token(Provider provider, char[] pin)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyPlace.PKCS11, provider);
    store.load(null, pin);
    return store;
  }

  private List<X509Certificate> chain() throws KeyFault {
    String pem = KeyPlace.get(model, KeyPlace.CHAIN);
    return pem == null ? List.of() : certificates(pem);
  }

  private static List<X509Certificate> certificates(Certificate[] chain) throws KeyFault {
    List<X509Certificate> found = new ArrayList<>();
    for (Certificate each : chain == null ? new Certificate[0] : chain) {
      if (!(each instanceof X509Certificate certificate)) {
        throw new KeyFault("the certificates cannot be read");
      }
      found.add(certificate);
    }
    return found;
  }

  static List<X509Certificate> certificates(String pem) throws KeyFault {
    List<X509Certificate> found = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (Object each = parser.readObject(); each != null; each = parser.readObject()) {
        if (!(each instanceof X509CertificateHolder holder)) {
          throw new KeyFault("the certificates must be PEM, and nothing else between them");
        }
        found.add(new JcaX509CertificateConverter().getCertificate(holder));
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new KeyFault("the certificates cannot be read", e);
    }
    return found;
  }

  static PrivateKey privateKey(String pem) throws KeyFault {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (Object each = parser.readObject(); each != null; each = parser.readObject()) {
        if (each instanceof PEMKeyPair pair) {
          return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
        }
        if (each instanceof PrivateKeyInfo info) {
          return new JcaPEMKeyConverter().getPrivateKey(info);
        }
        // Before a key of OpenSSL its parameters may stand.
      }
    } catch (IOException | RuntimeException e) {
      throw new KeyFault("the private key cannot be read", e);
    }
    throw new KeyFault("the private key must be PEM and not encrypted");
  }
}
