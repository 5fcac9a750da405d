package io.github.fapipack.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.demo.FlowReport;
import io.github.fapipack.it.demo.OnboardingSteps;
import io.github.fapipack.it.demo.SampleClient;
import io.github.fapipack.it.demo.ServedScheme;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.OwnerOnly;
import io.github.fapipack.it.pki.PemCertificates;
import io.github.fapipack.it.samples.DirectorySamples;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn -Pflow -Dscenario=onboarding} shows. */
class OnboardingIT {
  @FapiRealm("fapi-directory")
  private static TestRealm directory;

  @FapiRealm("fapi2-security-profile")
  private static TestRealm bank;

  @TempDir private static Path folder;

  private static ServedScheme scheme;

  @BeforeAll
  static void aDirectoryAndABank() {
    DirectorySamples samples = new DirectorySamples(directory.server(), directory.name());
    samples.certify(folder);
    samples.addBank(bank.name(), 3600);
    Path authority = folder.resolve("server-ca.pem");
    OwnerOnly.write(authority, directory.server().pki().serverCa().certificatePem());
    SampleClient user =
        new SampleClient(
            folder.resolve("client.json"),
            Json.object()
                .put("serverCa", authority.toString())
                .put("username", TestRealm.USERNAME)
                .put("password", bank.password()));
    Path template =
        Harness.fromSystemProperties()
            .root()
            .resolve("providers/src/main/resources/fapi-schemes/plain.json");
    scheme =
        new ServedScheme(
            samples.operator(),
            directory.issuer(),
            bank.issuer(),
            user,
            Json.read(template),
            folder.resolve("onboarding"),
            PemCertificates.read(folder.resolve(DirectorySamples.ISSUERS)));
  }

  private static void succeeds(ClientAuth auth, String algorithm, SenderConstraint constraint) {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    FlowReport report = new FlowReport(new PrintStream(shown, true, StandardCharsets.UTF_8), false);
    try {
      new OnboardingSteps(scheme, auth, algorithm, constraint, report).run();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(shown.toString(StandardCharsets.UTF_8), e);
    }
    String text = shown.toString(StandardCharsets.UTF_8);
    assertThat(report.failures()).as(text).isZero();
    assertThat(text).contains("Replay", "revoked", "after the suspension").doesNotContain("FAIL");
  }

  @Test
  void aThirdPartyJoinsWithCertificateBoundTokens() {
    succeeds(ClientAuth.PRIVATE_KEY_JWT, "ES256", SenderConstraint.MTLS);
  }

  @Test
  void aThirdPartyJoinsThatAuthenticatesWithItsCertificate() {
    succeeds(ClientAuth.TLS_CLIENT_AUTH, "PS256", SenderConstraint.DPOP);
  }
}
