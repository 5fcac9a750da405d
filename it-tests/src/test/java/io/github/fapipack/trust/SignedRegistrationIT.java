package io.github.fapipack.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.directory.ConsumerDataRight;
import io.github.fapipack.it.directory.Directory;
import io.github.fapipack.it.directory.Organisation;
import io.github.fapipack.it.directory.SignedRegistration;
import io.github.fapipack.it.directory.Software;
import io.github.fapipack.it.directory.Statement;
import io.github.fapipack.it.directory.UnitedKingdom;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.SoftwareRegistration;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Registration with a signed request, as UK Open Banking DCR 3.3 and CDR DCR have it, and its
 * management with the client's own access token. No conformance suite covers these.
 */
class SignedRegistrationIT {
  private static final String BANK = "0015800001HQQrZAAX";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm british;

  @FapiRealm("fapi2-security-profile")
  private static TestRealm australian;

  private static Directory openBanking;
  private static Directory register;

  /** The two ecosystems, each with a realm and a directory. */
  private enum Scheme {
    UK("application/jose", "accounts"),
    CDR("application/jwt", "cdr:registration");

    private final String type;
    private final String scope;
    private SoftwareRegistration registration;
    private Organisation organisation;
    private TestRealm realm;
    private String audience;

    Scheme(String type, String scope) {
      this.type = type;
      this.scope = scope;
    }

    void join(TestRealm itsRealm, Directory directory, String itsAudience) {
      realm = itsRealm;
      registration = SoftwareRegistration.in(realm, directory);
      organisation = directory.organisation("Fintech Ltd");
      audience = itsAudience;
    }

    SignedRegistration request(Software software) {
      return software.signedRegistration(audience);
    }

    HttpExchange register(Software software, SignedRegistration request) {
      return registration.register(type, request.sign(), software.certificate());
    }

    /** The client of a software, which gets tokens for itself. */
    FapiClient client(Software software, HttpExchange registered, ClientCertificate certificate) {
      return TestClient.in(realm)
          .register()
          .but()
          .clientId(registered.json().path("client_id").asText())
          .redirectUri(software.redirectUris().get(0))
          .privateKeyJwt(software.keys())
          .auth(ClientAuth.PRIVATE_KEY_JWT)
          .algorithm("PS256")
          .constraint(SenderConstraint.MTLS)
          .tls(realm.server().pki(), certificate)
          .build();
    }

    HttpExchange manage(
        String method,
        HttpExchange registered,
        String token,
        String body,
        ClientCertificate certificate) {
      URI address = URI.create(registered.json().path("registration_client_uri").asText());
      return registration.send(method, address, token, type, body, certificate);
    }
  }

  @BeforeAll
  static void joinEcosystems() {
    ObjectNode settings = british.admin().realm(british.name());
    settings.withObject("/attributes").put("fapi.organisation-id", BANK);
    british.admin().updateRealm(british.name(), settings);
    openBanking = Directory.start(new UnitedKingdom(), british.server());
    register = Directory.start(new ConsumerDataRight(), australian.server());
    Scheme.UK.join(british, openBanking, BANK);
    Scheme.CDR.join(australian, register, australian.issuer().toString());
  }

  @AfterAll
  static void stopDirectories() {
    openBanking.close();
    register.close();
  }

  @ParameterizedTest
  @EnumSource
  @Accepts(by = "RequireSoftwareStatement", value = "RFC7591 3.2.2-1")
  void softwareRegistersWithASignedRequest(Scheme scheme) {
    Software software = scheme.organisation.software("Budget");
    SignedRegistration request = scheme.request(software);

    HttpExchange registered = scheme.register(software, request).expectStatus(201);

    assertThat(registered.json().path("software_id").asText()).isEqualTo(software.id());
    assertThat(registered.json().path("software_statement").asText())
        .isEqualTo(request.claim("software_statement"));
    assertThat(registered.json().has("registration_access_token")).isFalse();
    assertThat(registered.json().has("iss")).isFalse();
    assertThat(registered.json().path("jwks_uri").asText())
        .isEqualTo(software.jwksUri().toString());
    assertThat(registered.json().path("scope").asText().split(" ")).contains("openid");
    // Known by its software, not by its statement.
    String error = scheme.register(software, scheme.request(software)).expectStatus(400).error();
    assertThat(error).isEqualTo("invalid_software_statement");
  }

  static Stream<Arguments> alteredRequests() {
    String metadata = "invalid_client_metadata";
    Stream<Arguments> alterations =
        Stream.of(
            altered("unsigned", r -> r.alg("none"), metadata),
            altered("HMAC with the public key", r -> r.alg("HS256"), metadata),
            altered("another algorithm", r -> r.alg("RS256"), metadata),
            altered(
                "another key",
                r -> r.key(ClientKeys.ps256()).header("kid", r.key().getKeyID()),
                metadata),
            altered(
                "its own key in the header",
                r -> {
                  var own = ClientKeys.ps256();
                  return r.key(own).header("jwk", own.toPublicJWK().toJSONObject());
                },
                metadata),
            altered("another issuer", r -> r.claim("iss", "someone"), metadata),
            altered("no issuer", r -> r.without("iss"), metadata),
            altered("another audience", r -> r.claim("aud", "https://evil.example"), metadata),
            altered("no audience", r -> r.without("aud"), metadata),
            altered("audience as object", r -> r.json("aud", "{\"a\":1}"), metadata),
            altered("old", r -> r.iat(Duration.ofHours(-2)), metadata),
            altered("of the future", r -> r.iat(Duration.ofMinutes(5)), metadata),
            altered("expired", r -> r.exp(Duration.ofSeconds(-1)), metadata),
            altered("no iat", r -> r.without("iat"), metadata),
            altered("no jti", r -> r.without("jti"), metadata),
            altered("long jti", r -> r.jti("x".repeat(300)), metadata),
            altered("critical extension", r -> r.header("crit", List.of("x")), metadata),
            altered(
                "no statement", r -> r.without("software_statement"), "invalid_software_statement"),
            altered(
                "redirect URI of others",
                r -> r.claim("redirect_uris", List.of("https://evil.example/cb")),
                "invalid_redirect_uri"),
            altered("keys by value", r -> r.json("jwks", "{\"keys\":[]}"), metadata),
            altered(
                "secret",
                r -> r.claim("token_endpoint_auth_method", "client_secret_jwt"),
                metadata));
    return alterations.flatMap(
        one ->
            Stream.of(Scheme.values())
                .map(scheme -> Arguments.of(scheme, one.get()[0], one.get()[1], one.get()[2])));
  }

  private static Arguments altered(
      String what, UnaryOperator<SignedRegistration> alteration, String error) {
    return Arguments.of(what, alteration, error);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("alteredRequests")
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 3.2.2-1")
  void anAlteredRequestRegistersNothing(
      Scheme scheme, String what, UnaryOperator<SignedRegistration> alteration, String error) {
    Software software = scheme.organisation.software("Altered");
    SignedRegistration altered = alteration.apply(scheme.request(software));
    scheme.register(software, altered).expectError(400, error);
    scheme.register(software, scheme.request(software)).expectStatus(201);
  }

  @ParameterizedTest
  @EnumSource
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 3.2.2-1")
  void aRequestIsAcceptedOnce(Scheme scheme) {
    Software software = scheme.organisation.software("Once");
    ClientCertificate certificate = software.certificate();
    SignedRegistration request = scheme.request(software);
    HttpExchange registered = scheme.register(software, request).expectStatus(201);
    FapiClient client = scheme.client(software, registered, certificate);
    String token = client.clientCredentials().with("scope", scheme.scope).expect().accessToken();
    String update = request.claim("client_id", registered.json().path("client_id").asText()).sign();
    String error =
        scheme.manage("PUT", registered, token, update, certificate).expectStatus(400).error();
    assertThat(error).isIn("invalid_client_metadata", "invalid_software_statement");
  }

  @ParameterizedTest
  @EnumSource
  @Accepts(by = "RestrictToSoftwareStatement", value = "RFC7592 2.2-4")
  void theClientsOwnTokenManagesIt(Scheme scheme) {
    Software software = scheme.organisation.software("Managed");
    ClientCertificate certificate = software.certificate();
    HttpExchange registered = scheme.register(software, scheme.request(software)).expectStatus(201);
    FapiClient client = scheme.client(software, registered, certificate);
    String token = client.clientCredentials().with("scope", scheme.scope).expect().accessToken();

    scheme.manage("GET", registered, token, "", certificate).expectStatus(200);
    String update =
        scheme
            .request(software)
            .claim("client_id", registered.json().path("client_id").asText())
            .sign();
    HttpExchange updated =
        scheme.manage("PUT", registered, token, update, certificate).expectStatus(200);
    assertThat(updated.json().path("client_id")).isEqualTo(registered.json().path("client_id"));

    // Another certificate of the same software: the token is bound to the first one.
    scheme
        .manage("GET", registered, token, "", software.certificate())
        .expectError(401, "invalid_token");
    scheme.manage("GET", registered, token, "", null).expectStatus(401);
    scheme.manage("GET", registered, null, "", certificate).expectError(401, "invalid_token");
    String without = client.clientCredentials().with("scope", "openid").expect().accessToken();
    scheme
        .manage("GET", registered, without, "", certificate)
        .expectError(403, "insufficient_scope");
  }

  @ParameterizedTest
  @EnumSource
  @Rejects(by = "RestrictToSoftwareStatement", value = "RFC7592 2.2-4")
  void nobodyElsesTokenManagesIt(Scheme scheme) {
    Software software = scheme.organisation.software("Victim");
    HttpExchange victim = scheme.register(software, scheme.request(software)).expectStatus(201);
    Software other = scheme.organisation.software("Attacker");
    ClientCertificate certificate = other.certificate();
    HttpExchange attacker = scheme.register(other, scheme.request(other)).expectStatus(201);
    FapiClient client = scheme.client(other, attacker, certificate);
    String token = client.clientCredentials().with("scope", scheme.scope).expect().accessToken();

    scheme.manage("GET", victim, token, "", certificate).expectError(401, "invalid_token");
    scheme.manage("GET", attacker, token, "", certificate).expectStatus(200);
  }

  @Test
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 2.3-1")
  void aTokenForAnUnknownClientEnds() {
    Software software = Scheme.UK.organisation.software("Gone");
    ClientCertificate certificate = software.certificate();
    HttpExchange registered =
        Scheme.UK.register(software, Scheme.UK.request(software)).expectStatus(201);
    FapiClient client = Scheme.UK.client(software, registered, certificate);
    String token = client.clientCredentials().with("scope", Scheme.UK.scope).expect().accessToken();
    URI unknown =
        Scheme.UK.registration.endpoint().resolve("software-statement/" + UUID.randomUUID());

    Scheme.UK
        .registration
        .send("GET", unknown, token, "application/json", "", certificate)
        .expectError(401, "invalid_token");

    Scheme.UK.manage("GET", registered, token, "", certificate).expectError(401, "invalid_token");
  }

  @Test
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 2.3-1")
  void aStatementOfTheRegisterIsAcceptedOnceAndForTenMinutes() {
    Software software = Scheme.CDR.organisation.software("Statement");
    String statement = software.statement().sign();
    ClientCertificate certificate = software.certificate();
    HttpExchange registered =
        Scheme.CDR
            .registration
            .register(
                Scheme.CDR.type,
                Scheme.CDR.request(software).claim("software_statement", statement).sign(),
                certificate)
            .expectStatus(201);
    FapiClient client = Scheme.CDR.client(software, registered, certificate);
    String token =
        client.clientCredentials().with("scope", Scheme.CDR.scope).expect().accessToken();
    String again =
        Scheme.CDR
            .request(software)
            .claim("software_statement", statement)
            .claim("client_id", registered.json().path("client_id").asText())
            .sign();
    Scheme.CDR
        .manage("PUT", registered, token, again, certificate)
        .expectError(400, "invalid_software_statement");
    Scheme.CDR.manage("DELETE", registered, token, "", certificate).expectStatus(405);

    Software other = Scheme.CDR.organisation.software("Too long");
    Scheme.CDR
        .register(
            other,
            Scheme.CDR
                .request(other)
                .claim("software_statement", other.statement().exp(Duration.ofMinutes(11)).sign()))
        .expectError(400, "invalid_software_statement");
  }

  @Test
  @Accepts(by = "RestrictToSoftwareStatement", value = "RFC7591 3.1.1-2")
  void unknownScopesAreIgnoredWhereTheEcosystemSaysSo() {
    Software software = Scheme.CDR.organisation.software("Scopes");
    HttpExchange registered =
        Scheme.CDR
            .register(
                software,
                Scheme.CDR
                    .request(software)
                    .claim("scope", "openid unheard:of bank:payees:read bank:accounts.basic:read"))
            .expectStatus(201);
    assertThat(registered.json().path("scope").asText().split(" "))
        .containsExactlyInAnyOrder("openid", "bank:accounts.basic:read");
  }

  @Test
  @Rejects(by = "RequireSoftwareStatement", value = "RFC7591 3.2.2-1")
  void theStateAtTheAuthorityCountsToo() {
    Software software = Scheme.UK.organisation.software("Withdrawn");
    Statement statement = software.statement();
    Map<String, Object> authority = new HashMap<>();
    ((Map<?, ?>) statement.members().get("organisation_competent_authority_claims"))
        .forEach((name, value) -> authority.put((String) name, value));
    authority.put("status", "Withdrawn");
    statement.with("organisation_competent_authority_claims", authority);
    Scheme.UK
        .register(
            software, Scheme.UK.request(software).claim("software_statement", statement.sign()))
        .expectError(400, "unapproved_software_statement");
  }
}
