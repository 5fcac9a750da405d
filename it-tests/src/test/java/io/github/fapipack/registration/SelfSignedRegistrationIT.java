package io.github.fapipack.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.testing.DynamicRegistration;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may register {@code self_signed_tls_client_auth}, and what with it. */
class SelfSignedRegistrationIT {
  private static final String METHOD = "self_signed_tls_client_auth";
  private static final String ATTRIBUTE = "x509.self.signed";
  private static final String SUBJECT = "tls_client_auth_subject_dn";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm allowing;

  @FapiRealm("fapi2-security-profile")
  private static TestRealm other;

  @BeforeAll
  static void configureRealm() {
    allowing.configure(
        "fapi2-require-asymmetric-client-authentication",
        "methods",
        List.of("client-jwt", "client-x509", METHOD));
  }

  @Test
  @Accepts(by = "RequireTrustedClientCertificate", value = "RFC8705 2.2-1")
  void acceptsTheMethodWithACertificateAndReadsItBack() throws JOSEException {
    DynamicRegistration registration = DynamicRegistration.in(allowing);
    HttpExchange registered = registration.register(metadata()).expectStatus(201);
    assertThat(method(registered)).isEqualTo(METHOD);
    assertThat(attribute(allowing, registered)).isEqualTo("true");

    HttpExchange read = registration.read(registered).expectStatus(200);
    assertThat(method(read)).isEqualTo(METHOD);
    assertThat(read.json().at("/jwks/keys/0/x5c/0").asText()).isNotBlank();
    HttpExchange named =
        registration
            .update(read, identified(metadata(), read, "tls_client_auth").put(SUBJECT, "CN=a"))
            .expectStatus(200);
    assertThat(method(named)).isEqualTo("tls_client_auth");
    assertThat(attribute(allowing, named)).isEmpty();
    HttpExchange again =
        registration.update(named, identified(metadata(), named, METHOD)).expectStatus(200);
    assertThat(method(again)).isEqualTo(METHOD);
    assertThat(again.json().has(SUBJECT)).isFalse();
    ObjectNode signing = DynamicRegistration.metadata(ClientKeys.create());
    HttpExchange signed =
        registration.update(again, identified(signing, again, "private_key_jwt")).expectStatus(200);
    assertThat(attribute(allowing, signed)).isEmpty();
  }

  @Test
  @Rejects(by = "RequireTrustedClientCertificate", value = "RFC8705 2.2-1")
  void rejectsTheMethodWithoutACertificateOrWithAName() throws JOSEException {
    DynamicRegistration registration = DynamicRegistration.in(allowing);
    ObjectNode keysOnly = DynamicRegistration.metadata(ClientKeys.create());

    HttpExchange without =
        registration.register(keysOnly.put("token_endpoint_auth_method", METHOD));
    HttpExchange both = registration.register(metadata().put(SUBJECT, "CN=a"));

    assertThat(without.expectStatus(400).errorDescription()).contains("x5c");
    assertThat(both.expectStatus(400).errorDescription()).contains(SUBJECT);
    assertThat(both.error()).isEqualTo("invalid_client_metadata");
  }

  @Test
  @Rejects(by = "RequireTrustedClientCertificate", value = "RFC8705 2.2-1")
  void rejectsTheMethodWhereTheRuleDoesNotNameIt() throws JOSEException {
    DynamicRegistration registration = DynamicRegistration.in(other);
    HttpExchange refused = registration.register(metadata()).expectStatus(400);
    assertThat(refused.error()).isEqualTo("invalid_client_metadata");
    assertThat(refused.errorDescription()).contains("token_endpoint_auth_method");
    ObjectNode named = metadata().put("token_endpoint_auth_method", "tls_client_auth");
    HttpExchange registered = registration.register(named.put(SUBJECT, "CN=a")).expectStatus(201);

    registration.update(registered, identified(metadata(), registered, METHOD)).expectStatus(400);
    assertThat(attribute(other, registered)).isEmpty();
    ObjectNode direct = AnyRegistration.client().put("clientAuthenticatorType", "client-x509");
    direct
        .withObject("/attributes")
        .put(ATTRIBUTE, "true")
        .put("jwks.string", metadata().path("jwks").toString());
    registration.registerWith("default", direct).expectStatus(400);
  }

  /** The listener of this server does not accept such a certificate. */
  @Test
  void isNotOfferedWhereItCannotBeUsed() {
    for (TestRealm realm : new TestRealm[] {allowing, other}) {
      JsonNode methods =
          TestClient.in(realm)
              .register()
              .discovery()
              .exchange()
              .json()
              .path("token_endpoint_auth_methods_supported");

      assertThat(methods.toString()).contains("tls_client_auth").doesNotContain(METHOD);
    }
  }

  private static ObjectNode identified(ObjectNode metadata, HttpExchange last, String method) {
    return metadata
        .put("client_id", last.json().path("client_id").asText())
        .put("token_endpoint_auth_method", method);
  }

  private static ObjectNode metadata() throws JOSEException {
    ClientCertificate own = ClientCertificate.selfSigned("CN=client", Keys.ec());
    ObjectNode metadata =
        DynamicRegistration.metadata(ClientKeys.create()).put("token_endpoint_auth_method", METHOD);
    metadata.set("jwks", Json.parse(new JWKSet(JWK.parse(own.certificate())).toString()));
    return metadata;
  }

  private static String method(HttpExchange answer) {
    return answer.json().path("token_endpoint_auth_method").asText();
  }

  private static String attribute(TestRealm realm, HttpExchange registered) {
    return realm
        .admin()
        .client(realm.name(), registered.json().path("client_id").asText())
        .path("attributes")
        .path(ATTRIBUTE)
        .asText();
  }
}
