package io.github.fapipack.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.pki.ClientCertificate;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With which certificates software comes to the directory. */
class IssuedCertificateIT {
  private static final String RULE = "fapi2-require-issued-certificate";

  private static SchemeRealm scheme;
  private static String software;
  private static ClientCertificate certificate;

  @BeforeAll
  static void create() {
    scheme = SchemeRealm.create();
    software = scheme.software(scheme.organisation());
    certificate = scheme.issue(software, "transport");
  }

  @AfterAll
  static void delete() {
    scheme.close();
  }

  private static void assertRefused(ClientCertificate shown, String why) {
    HttpExchange answer =
        scheme.client(software, shown).clientCredentials().expectError(401, "invalid_client");

    assertThat(answer.json().path("error_description").asText()).contains(why, RULE);
  }

  @Test
  @Accepts(
      by = "RequireIssuedCertificate",
      value = {"RFC8705 2-3", "RFC8705 3-2", "RFC5280 6.1.3-1"})
  void softwareUsesItsOwnCertificate() {
    FapiClient client = scheme.client(software, certificate);

    Tokens tokens = client.clientCredentials().expect();

    // Software has no scope for userinfo; its certificate and token are good.
    assertThat(client.userinfo(tokens).expectError(403, "insufficient_scope").body())
        .doesNotContain(RULE);
  }

  @Test
  @Rejects(by = "RequireIssuedCertificate", value = "RFC8705 2-3")
  void anotherSoftwaresCertificateIsRefused() {
    String other = scheme.software(scheme.organisation());

    assertRefused(scheme.issue(other, "transport"), "that of another software");
  }

  @Test
  @Rejects(by = "RequireIssuedCertificate", value = "RFC8705 2-3")
  void aCertificateForSignaturesIsRefused() {
    assertRefused(scheme.issue(software, "signing"), "one for signatures");
  }

  @Test
  @Rejects(by = "RequireIssuedCertificate", value = "RFC8705 2-3")
  void aCertificateThatIsNotInTheListIsRefusedThoughTheAuthorityHasSignedIt() {
    assertRefused(
        scheme.issuing().issue(certificate.certificate().getSubjectX500Principal(), null),
        "not in the list");
  }

  @Test
  @Rejects(by = "RequireIssuedCertificate", value = "RFC8705 2-3")
  void aCopyWithAKnownNumberIsRefused() {
    X509Certificate known = certificate.certificate();
    assertThat(known.getSerialNumber()).isPositive();

    assertRefused(scheme.forged(known), "not in the list");
  }

  @Test
  @Rejects(
      by = "RequireIssuedCertificate",
      value = {"RFC5280 6.1.3-1", "RFC8705 3-2"})
  void aRevokedCertificateAndWhatIsBoundToItAreRefusedAtOnce() {
    ClientCertificate revoked = scheme.issue(software, "transport");
    FapiClient client = scheme.client(software, revoked);
    Tokens tokens = client.clientCredentials().expect();

    scheme.revoke(revoked.certificate(), "key-compromise");

    assertRefused(revoked, "has been revoked");
    HttpExchange answer = client.userinfo(tokens).expectError(401, "invalid_token");
    assertThat(String.valueOf(answer.headers().entries())).contains("has been revoked");
  }
}
