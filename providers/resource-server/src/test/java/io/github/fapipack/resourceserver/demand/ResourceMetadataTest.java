package io.github.fapipack.resourceserver.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceMetadataTest {
  private static final String AS = "https://as.example/realms/bank";

  @Test
  void theDocumentSaysWhatTheServerIs() throws Exception {
    ResourceMetadata metadata =
        ResourceMetadata.of("https://api.example", AS)
            .scopes("accounts", "payments")
            .detailTypes(List.of("payment_initiation"))
            .certificateBound(true)
            .dpop(List.of("ES256"), false)
            .signing(List.of("PS256"), URI.create("https://api.example/jwks"))
            .named("Accounts of the bank")
            .with("resource_documentation", "https://api.example/docs");
    Map<String, Object> json = JSONObjectUtils.parse(metadata.json());
    assertThat(json)
        .containsEntry("resource", "https://api.example")
        .containsEntry("authorization_servers", List.of(AS))
        .containsEntry("bearer_methods_supported", List.of("header"))
        .containsEntry("scopes_supported", List.of("accounts", "payments"))
        .containsEntry("authorization_details_types_supported", List.of("payment_initiation"))
        .containsEntry("tls_client_certificate_bound_access_tokens", true)
        .containsEntry("dpop_signing_alg_values_supported", List.of("ES256"))
        .containsEntry("dpop_bound_access_tokens_required", false)
        .containsEntry("resource_signing_alg_values_supported", List.of("PS256"))
        .containsEntry("jwks_uri", "https://api.example/jwks")
        .containsEntry("resource_name", "Accounts of the bank")
        .containsEntry("resource_documentation", "https://api.example/docs");
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example,/.well-known/oauth-protected-resource",
    "https://api.example/,/.well-known/oauth-protected-resource",
    "https://api.example:8443/bank/v1,/.well-known/oauth-protected-resource/bank/v1",
    "https://api.example/a%2Fb,/.well-known/oauth-protected-resource/a%2Fb"
  })
  void thePathOfTheResourceComesAfterTheWellKnownOne(String resource, String path) {
    ResourceMetadata metadata = ResourceMetadata.of(resource, AS);
    assertThat(metadata.path()).isEqualTo(path);
    assertThat(metadata.address())
        .isEqualTo("https://" + URI.create(resource).getRawAuthority() + path);
  }

  @Test
  void aQueryBelongsToTheAddressOfTheDocument() {
    ResourceMetadata metadata = ResourceMetadata.of("https://api.example/r?tenant=1", AS);
    assertThat(metadata.address())
        .isEqualTo("https://api.example/.well-known/oauth-protected-resource/r?tenant=1");
    assertThat(metadata.path()).isEqualTo("/.well-known/oauth-protected-resource/r");
  }

  @ParameterizedTest
  @ValueSource(strings = {"accounts", "urn:x:api", "https://api.example/#a", "https:///x", "a b"})
  void whatIsNoAddressIsRefused(String resource) {
    assertThatThrownBy(() -> ResourceMetadata.of(resource, AS))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
