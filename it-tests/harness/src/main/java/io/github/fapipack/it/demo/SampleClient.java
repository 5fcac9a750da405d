package io.github.fapipack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.KeyUse;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiClientBuilder;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.pki.PemCertificates;
import io.github.fapipack.it.pki.PemKeys;
import io.github.fapipack.it.pki.SingleCertificate;
import io.github.fapipack.it.samples.SampleClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A client as its client.json describes it; the files that it names are relative to it. */
public record SampleClient(Path file, JsonNode json) {

  static SampleClient read(Path file) {
    return new SampleClient(file, Json.read(file));
  }

  String issuer() {
    return required("issuer");
  }

  String username() {
    return required("username");
  }

  String password() {
    return required("password");
  }

  /** The address of the simulated authentication device, if the server supports CIBA. */
  Optional<URI> device() {
    return address("device");
  }

  /** The ecosystem of its realm, by the id of the profile. */
  Optional<String> ecosystem() {
    return Optional.ofNullable(json.path("ecosystem").textValue());
  }

  /** Where it lodges consents with the bank, if its realm belongs to an ecosystem. */
  Optional<URI> consents() {
    return address("consents");
  }

  /** The API of its realm, if there is one. */
  Optional<URI> api() {
    return address("api");
  }

  /** The algorithm that the realm demands, if it demands one. */
  Optional<String> algorithm() {
    return Optional.ofNullable(json.path("algorithm").textValue());
  }

  /** The address for this client's pings, if it is pinged. */
  Optional<URI> pings() {
    return address("pings");
  }

  private Optional<URI> address(String name) {
    return Optional.ofNullable(json.path(name).textValue()).map(URI::create);
  }

  Optional<ClientCertificate> certificate() {
    return path("certificate")
        .map(
            file -> {
              List<X509Certificate> chain = x509(file);
              return new ClientCertificate(
                  privateKey(requiredPath("certificateKey")),
                  chain.get(0),
                  chain.subList(1, chain.size()));
            });
  }

  /** Another client of the same realm, by the name of its folder; empty if there is none. */
  Optional<SampleClient> neighbour(String name) {
    Path other = file.toAbsolutePath().getParent().resolveSibling(name).resolve("client.json");
    return Files.isRegularFile(other) && !other.equals(file.toAbsolutePath())
        ? Optional.of(read(other))
        : Optional.empty();
  }

  /**
   * A certificate that the server trusts, if one is available: so the server must check the token
   * as well.
   */
  ClientCertificate somebodyElsesCertificate() {
    return neighbour(SampleClients.MTLS)
        .or(() -> neighbour(SampleClients.PRIVATE_KEY_JWT))
        .flatMap(SampleClient::certificate)
        .orElseGet(() -> ClientCertificate.selfSigned("CN=somebody else", Keys.ec()));
  }

  /** TLS that trusts the server named in the file and uses the given certificate, unless null. */
  SSLContext tls(ClientCertificate certificateOrNull) {
    try {
      KeyManager[] keys =
          certificateOrNull == null
              ? null
              : new KeyManager[] {new SingleCertificate(certificateOrNull)};
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot set up TLS", e);
    }
  }

  /** The client, with the keys and the certificate that its file names. */
  FapiClientBuilder describe(String issuer) {
    FapiClientBuilder client =
        FapiClient.of(issuer)
            .clientId(required("clientId"))
            .redirectUri(json.path("redirectUri").asText(null))
            .tls(tls(null), certificate().map(this::tls).orElse(null));
    path("jwks").map(ClientKeys::read).ifPresent(keys -> useKeys(client, keys));
    return client.auth(ClientAuth.of(json.path("clientAuth").asText("private_key_jwt")));
  }

  private static void useKeys(FapiClientBuilder client, ClientKeys keys) {
    client.privateKeyJwt(keys);
    keys.set().getKeys().stream()
        .filter(key -> KeyUse.ENCRYPTION.equals(key.getKeyUse()))
        .findFirst()
        .ifPresent(client::decryptionKey);
  }

  /** Trusts only the server's own authority, or those of the JDK if the file names none. */
  private TrustManager[] trust() throws GeneralSecurityException {
    Optional<Path> authority = path("serverCa");
    if (authority.isEmpty()) {
      return null;
    }
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("ca", x509(authority.get()).get(0));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      return trust.getTrustManagers();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String required(String name) {
    String value = json.path(name).asText("");
    if (value.isEmpty()) {
      throw new FlowFailure(file + " lacks \"" + name + "\".");
    }
    return value;
  }

  private Path requiredPath(String name) {
    return file.toAbsolutePath().resolveSibling(required(name));
  }

  private Optional<Path> path(String name) {
    return json.path(name).asText("").isEmpty()
        ? Optional.empty()
        : Optional.of(requiredPath(name));
  }

  private static List<X509Certificate> x509(Path file) {
    try {
      return PemCertificates.read(file);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new FlowFailure(file + " holds no certificate in PEM form: " + e.getMessage());
    }
  }

  private static PrivateKey privateKey(Path file) {
    try {
      return PemKeys.read(file);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new FlowFailure(
          file + " holds no unencrypted private key in PEM form: " + e.getMessage());
    }
  }
}
