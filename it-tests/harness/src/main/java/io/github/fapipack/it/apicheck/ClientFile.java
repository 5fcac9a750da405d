package io.github.fapipack.it.apicheck;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.PemCertificates;
import io.github.fapipack.it.pki.PemKeys;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The file of {@code --client-keys}: a description of a client, or its JWK set. */
record ClientFile(Path file, JsonNode json) {

  static ClientFile read(Path file) {
    try {
      return new ClientFile(file, Json.read(file));
    } catch (UncheckedIOException e) {
      throw new CheckFailure(file + " holds no JSON.", e);
    }
  }

  Optional<String> text(String member) {
    return Optional.ofNullable(json.path(member).textValue()).filter(value -> !value.isEmpty());
  }

  /** The private signature keys; empty for a client that authenticates with its certificate. */
  Optional<ClientKeys> keys() {
    return json.has("keys") ? Optional.of(keys(file)) : path("jwks").map(ClientFile::keys);
  }

  private static ClientKeys keys(Path file) {
    try {
      ClientKeys keys = ClientKeys.read(file);
      if (keys.set().getKeys().stream().noneMatch(key -> key.isPrivate())) {
        throw new CheckFailure(file + " holds no private key.");
      }
      return keys;
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new CheckFailure(file + " holds no JWK set with private keys.", e);
    }
  }

  Optional<ClientCertificate> certificate() {
    return path("certificate")
        .map(
            certificate ->
                certificate(
                    certificate,
                    path("certificateKey")
                        .orElseThrow(() -> new CheckFailure(file + " lacks \"certificateKey\"."))));
  }

  static ClientCertificate certificate(Path certificate, Path key) {
    List<X509Certificate> chain = certificates(certificate);
    try {
      return new ClientCertificate(PemKeys.read(key), chain.get(0), chain.subList(1, chain.size()));
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new CheckFailure(key + " holds no unencrypted private key in PEM form.", e);
    }
  }

  static List<X509Certificate> certificates(Path file) {
    try {
      return PemCertificates.read(file);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new CheckFailure(file + " holds no certificate in PEM form.", e);
    }
  }

  /** The authorities that the file names. */
  Optional<Path> trust() {
    return path("serverCa");
  }

  private Optional<Path> path(String member) {
    return text(member).map(value -> file.toAbsolutePath().resolveSibling(value));
  }
}
