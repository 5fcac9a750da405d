package io.github.fapipack.it.apicheck;

import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiClientBuilder;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.pki.ClientCertificate;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes the clients that the user has described. */
final class Parties {
  private static final String NO_REDIRECT = "https://client.example.org/callback";

  private final Given given;

  Parties(Given given) {
    this.given = given;
  }

  /** The client that is honest at first. */
  Party own(ClientFile file) {
    Optional<Path> certificate = given.file(Option.CERTIFICATE);
    Optional<ClientCertificate> shown =
        certificate.isPresent()
            ? Optional.of(
                ClientFile.certificate(
                    certificate.get(),
                    given
                        .file(Option.KEY)
                        .orElseThrow(() -> new CheckFailure("--certificate needs --key."))))
            : file.certificate();
    return party(file, shown, given.text(Option.CLIENT_ID).or(() -> file.text("clientId")));
  }

  /** The client of {@code --other-client}. */
  Party other(ClientFile file) {
    return party(file, file.certificate(), file.text("clientId"));
  }

  private Party party(
      ClientFile file, Optional<ClientCertificate> certificate, Optional<String> id) {
    TlsSettings tls =
        new TlsSettings(
            given
                .file(Option.TRUST)
                .or(file::trust)
                .map(ClientFile::certificates)
                .orElse(List.of()));
    Optional<ClientKeys> keys = file.keys();
    FapiClientBuilder client =
        FapiClient.of(issuer(file))
            .clientId(
                id.orElseThrow(
                    () ->
                        new CheckFailure(
                            "--client-id is missing: " + file.file() + " does not name it.")))
            .tls(tls.showing(null), certificate.map(tls::showing).orElse(null))
            .redirectUri(redirectUri(file));
    keys.ifPresent(client::privateKeyJwt);
    if (given.has(Option.MESSAGE_SIGNING)) {
      client.signsRequests(true).responseMode("jwt");
    }
    client.auth(auth(file)).algorithm(algorithm(file, keys)).constraint(bind());
    Party party = new Party(client.build(), keys, certificate, tls);
    require(party);
    return party;
  }

  private static void require(Party party) {
    if (party.client().usesCertificate() && party.certificate().isEmpty()) {
      throw new CheckFailure("This client needs a certificate: name --certificate and --key.");
    }
    if (party.client().auth().needsAssertion() && party.keys().isEmpty()) {
      throw new CheckFailure("--client-keys names no JWK set, which private_key_jwt needs.");
    }
  }

  private String issuer(ClientFile file) {
    Optional<URI> named = given.address(Option.ISSUER);
    return named
        .map(URI::toString)
        .or(() -> file.text("issuer"))
        .orElseThrow(() -> new CheckFailure("--issuer is missing; --help explains it."));
  }

  private String redirectUri(ClientFile file) {
    return given.text(Option.REDIRECT_URI).or(() -> file.text("redirectUri")).orElse(NO_REDIRECT);
  }

  private ClientAuth auth(ClientFile file) {
    String named = given.text(Option.AUTH).or(() -> file.text("clientAuth")).orElse("");
    return switch (named) {
      case "", "private_key_jwt" -> ClientAuth.PRIVATE_KEY_JWT;
      case "tls_client_auth" -> ClientAuth.TLS_CLIENT_AUTH;
      case "self_signed_tls_client_auth" -> ClientAuth.SELF_SIGNED_TLS_CLIENT_AUTH;
      default ->
          throw new CheckFailure(
              "--auth is none of private_key_jwt, tls_client_auth,"
                  + " self_signed_tls_client_auth.");
    };
  }

  private String algorithm(ClientFile file, Optional<ClientKeys> keys) {
    String named =
        given.has(Option.ALG)
            ? given.oneOf(Option.ALG, "ES256", "PS256", "EdDSA")
            : file.text("algorithm").orElse("ES256");
    try {
      keys.ifPresent(set -> set.forAlgorithm(named));
      return named;
    } catch (IllegalArgumentException e) {
      throw new CheckFailure(file.file() + " has no key for " + named + "; name --alg.", e);
    }
  }

  private SenderConstraint bind() {
    boolean mtls = given.oneOf(Option.BIND, "dpop", "mtls").equals("mtls");
    return mtls ? SenderConstraint.MTLS : SenderConstraint.DPOP;
  }

  /** How tokens are got. */
  TokenSource tokens(ClientFile file, FapiClient client) {
    TokenSource.Grant grant =
        switch (given.oneOf(
            Option.GRANT, "client_credentials", "authorization_code", "refresh_token")) {
          case "authorization_code" -> TokenSource.Grant.AUTHORIZATION_CODE;
          case "refresh_token" -> TokenSource.Grant.REFRESH_TOKEN;
          default -> TokenSource.Grant.CLIENT_CREDENTIALS;
        };
    boolean refresh = grant == TokenSource.Grant.REFRESH_TOKEN;
    String password =
        given
            .text(Option.PASSWORD)
            .or(() -> Optional.ofNullable(System.getenv("FAPI_CHECK_PASSWORD")))
            .or(() -> file.text("password"))
            .orElse("");
    return new TokenSource(
        grant,
        refresh
            ? given.content(Option.REFRESH_TOKEN).orElseThrow(Parties::noRefreshToken).strip()
            : null,
        given.text(Option.USERNAME).or(() -> file.text("username")).orElse(null),
        password,
        new PersonAtBrowser(URI.create(client.redirectUri()), System.out)::visit);
  }

  private static CheckFailure noRefreshToken() {
    return new CheckFailure("--grant refresh_token needs --refresh-token FILE.");
  }
}
