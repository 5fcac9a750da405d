package io.github.fapipack.authz;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.FapiResourceServerBuilder;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.request.ForwardedCertificate;
import io.github.fapipack.resourceserver.request.Frontend;
import io.github.fapipack.resourceserver.sender.DpopNonces;
import io.github.fapipack.resourceserver.sender.DpopSettings;
import io.github.fapipack.resourceserver.token.ClientAuthentication.PrivateKeyJwt;
import io.github.fapipack.resourceserver.token.IntrospectionSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What is checked: the settings of the kit.
 *
 * @param audiences further names of the API
 */
record ApiSettings(
    String issuer,
    String resource,
    List<String> audiences,
    Optional<SSLContext> issuerTls,
    Optional<IntrospectionSettings> introspection,
    Optional<DpopSettings> dpop,
    boolean mutualTls,
    Optional<ForwardedCertificate> certificate,
    StoreSettings store) {
  private static final String RFC9440 = "Client-Cert";
  private static final String ENVOY = "X-Forwarded-Client-Cert";
  private static final String SECRET = "at least 32 random octets in Base64, the same on all nodes";
  private static final String PRIVATE_KEY = "a file with a private key as a JWK";

  static ApiSettings of(Settings settings) {
    return new ApiSettings(
        settings.required(
            "issuer", "who issues the tokens, such as https://as.example/realms/bank"),
        settings.required("resource", "the audience of the tokens, such as https://api.example"),
        settings.text("audiences").map(ApiSettings::words).orElse(List.of()),
        settings.read("issuer-authorities", IssuerTls::trusting, "a PEM file with certificates"),
        introspection(settings),
        dpop(settings),
        settings.flag("mutual-tls", true),
        settings.text("certificate-header").map(ApiSettings::certificate),
        StoreSettings.of(settings));
  }

  /** Scheme, host and port by which callers know the API. */
  static String origin(String resource) {
    URI uri = URI.create(resource);
    if (uri.getScheme() == null || uri.getRawAuthority() == null) {
      throw new IllegalArgumentException(resource);
    }
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  /** Empty if the API takes no proofs. */
  private static Optional<DpopSettings> dpop(Settings settings) {
    Optional<DpopNonces> nonces =
        settings.read("dpop.nonce-secret", text -> DpopNonces.of(secret(text)), SECRET);
    Optional<byte[]> previous =
        settings.read("dpop.previous-nonce-secret", ApiSettings::secret, SECRET);
    if (settings.text("dpop.nonce-secret").isEmpty() && previous.isPresent()) {
      settings.error("dpop.nonce-secret is missing: without it, no nonces are demanded");
    }
    if (previous.isPresent() && nonces.isPresent()) {
      nonces = Optional.of(nonces.get().previous(previous.get()));
    }
    if (!settings.flag("dpop", true)) {
      return Optional.empty();
    }
    DpopSettings dpop = DpopSettings.defaults();
    return Optional.of(nonces.isPresent() ? dpop.nonces(nonces.get()) : dpop);
  }

  /** Two fields have a form of their own; in any other it is as nginx escapes it. */
  private static ForwardedCertificate certificate(String field) {
    if (field.equalsIgnoreCase(RFC9440)) {
      return ForwardedCertificate.clientCert();
    }
    return field.equalsIgnoreCase(ENVOY)
        ? ForwardedCertificate.envoy()
        : ForwardedCertificate.nginx(field);
  }

  private static byte[] secret(String text) {
    byte[] secret = Base64.getDecoder().decode(text);
    if (secret.length < 32) {
      throw new IllegalArgumentException();
    }
    return secret;
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).toList();
  }

  private static Optional<IntrospectionSettings> introspection(Settings settings) {
    Optional<String> client = settings.text("introspection.client-id");
    Optional<JWK> key = settings.read("introspection.client-key", ApiSettings::key, PRIVATE_KEY);
    Optional<JWK> decryption =
        settings.read("introspection.decryption-key", ApiSettings::key, PRIVATE_KEY);
    boolean signed = settings.flag("introspection.only-signed", true);
    boolean all = settings.flag("introspection.all-tokens", false);
    int remembered = settings.number("introspection.remembered", 10, 0, 3600);
    if (client.isPresent() != settings.text("introspection.client-key").isPresent()) {
      settings.error("introspection needs both client-id and client-key");
    }
    if (client.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    IntrospectionSettings asked =
        IntrospectionSettings.by(new PrivateKeyJwt(client.get(), key.get()))
            .remembered(Duration.ofSeconds(remembered));
    asked = signed ? asked.onlySigned() : asked;
    asked = all ? asked.forAllTokens() : asked;
    return Optional.of(decryption.isPresent() ? asked.decryptionKey(decryption.get()) : asked);
  }

  private static JWK key(String file) {
    try {
      JWK key = JWK.parse(Files.readString(Path.of(file)));
      if (key.isPrivate()) {
        return key;
      }
      throw new IllegalArgumentException(file + " has a public key");
    } catch (IOException | ParseException unreadable) {
      throw new IllegalArgumentException(file + " cannot be read", unreadable);
    }
  }

  private Frontend frontend(AuthzSettings server) {
    Frontend frontend =
        Frontend.publicAddress(URI.create(server.origin())).behind(server.trusted());
    return certificate.map(frontend::certificateFrom).orElse(frontend);
  }

  /**
   * The checks.
   *
   * @throws IllegalArgumentException says which setting contradicts another
   */
  FapiResourceServer resourceServer(AuthzSettings server, ReplayStore replay) {
    FapiResourceServerBuilder api =
        FapiResourceServer.builder()
            .issuer(issuer)
            .resource(resource)
            .audience(audiences.toArray(String[]::new))
            .frontend(frontend(server))
            .replayStore(replay);
    api.mutualTls(mutualTls);
    dpop.ifPresentOrElse(api::dpop, api::withoutDpop);
    issuerTls.ifPresent(api::ssl);
    introspection.ifPresent(api::introspection);
    return api.build();
  }
}
