package io.github.fapipack.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.RevocationResponder;
import io.github.fapipack.it.server.DistributionServer;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.Progress;
import io.github.fapipack.it.server.ServerSettings;
import io.github.fapipack.it.testing.SupportedKeycloak;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.WholeFlow;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server in FIPS mode, in which other JARs of Bouncy Castle take the place of Keycloak's. */
@Tag("alone")
class FipsIT {
  private static final String RULE = "fapi2-reject-revoked-certificate";

  private static DistributionServer server;
  private static TestRealm realm;

  @BeforeAll
  static void start() throws IOException {
    SupportedKeycloak.assume();
    Harness harness = Harness.fromSystemProperties();
    harness = harness.withJars(jars(harness.root().resolve("it-tests/target/fips")));
    ServerSettings settings =
        ServerSettings.onFreePorts(harness.workFolder("fips-server"))
            .withBuildOptions("--features=fips", "--fips-mode=non-strict")
            .withEnvironment(Map.of("JAVA_OPTS_APPEND", jvmOptions(harness)));
    server = DistributionServer.start(harness, settings, Progress.to(System.out));
    realm = TestRealm.create(server, TestRealm.export("fapi2-security-profile"));
  }

  /**
   * Bouncy Castle reads no PKCS #12 file without a password, which that of the JDK may be, so the
   * JVM has another one.
   */
  private static String jvmOptions(Harness harness) {
    Path file = harness.workFolder("fips-trust").resolve("trust.jks").toAbsolutePath();
    try {
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(null, null);
      store.setCertificateEntry("any", CertificateAuthority.create("CN=any").certificate());
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        store.store(out, "changeit".toCharArray());
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "-Djavax.net.ssl.trustStoreType=JKS -Djavax.net.ssl.trustStorePassword=changeit"
        + " -Djavax.net.ssl.trustStore="
        + file;
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @AfterAll
  static void stop() {
    if (realm != null) {
      realm.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void theServerIsInFipsMode() {
    assertThat(server.log()).contains("BCFIPS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ES256", "PS256"})
  void completesAFlow(String algorithm) {
    WholeFlow.complete(TestClient.in(realm).algorithm(algorithm).register(), realm, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ocsp", "crl"})
  void checksCertificates(String source) {
    realm.configure(RULE, "sources", List.of(source));
    realm.configure(RULE, Map.of("answerRequired", "true"));
    try (RevocationResponder responder = RevocationResponder.start(server.pki().clientCa())) {
      CertificateAuthority middle = responder.authority().subordinate("CN=middle");
      try (RevocationResponder below = RevocationResponder.start(middle)) {
        FapiClient client =
            TestClient.in(realm)
                .auth(ClientAuth.TLS_CLIENT_AUTH)
                .constraint(SenderConstraint.MTLS)
                .register();
        ClientCertificate good = below.authority().issue("CN=" + client.clientId());
        ClientCertificate revoked = below.authority().issue("CN=" + client.clientId());
        below.revoke(revoked.certificate());

        FapiClient shown = client.but().tls(server.pki(), good).build();
        Tokens tokens = shown.tokens(TestRealm.USERNAME, realm.password());
        shown.userinfo(tokens).expect();
        client.but().tls(server.pki(), revoked).build().par().expectError(401, "invalid_client");
        assertThat(source.equals("ocsp") ? below.ocspRequests() : below.crlRequests()).isPositive();
        assertThat(source.equals("ocsp") ? below.crlRequests() : below.ocspRequests()).isZero();
      }
    }
  }
}
