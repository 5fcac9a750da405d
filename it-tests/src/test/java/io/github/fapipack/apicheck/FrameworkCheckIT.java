package io.github.fapipack.apicheck;

import static io.github.fapipack.apicheck.CheckedApi.assertHolds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.apicheck.CheckedApi.Run;
import io.github.fapipack.it.pki.PkiFiles;
import io.github.fapipack.it.samples.SampleClients;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The samples with frameworks, and an API behind nginx, hold against every attack. */
class FrameworkCheckIT {
  private static CheckedApi realm;

  private enum Sample {
    SPRING_BOOT(FrameworkApi::springBoot),
    QUARKUS(FrameworkApi::quarkus),
    NGINX(FrameworkApi::nginx);

    private final Start start;

    Sample(Start start) {
      this.start = start;
    }
  }

  private interface Start {
    FrameworkApi with(URI issuer, URI resource, PkiFiles pki, Path folder);
  }

  @BeforeAll
  static void open() {
    realm = CheckedApi.prepare("fapi2-security-profile");
  }

  @AfterAll
  static void close() {
    realm.close();
  }

  @ParameterizedTest
  @EnumSource
  void holds(Sample sample) {
    Path folder = realm.folder().resolve(sample.name());
    try (FrameworkApi api = sample.start.with(realm.issuer(), realm.at(""), realm.pki(), folder)) {
      Run run = check(api, "--bind=dpop", "--wrong-scope=openid profile");

      assertHolds(run);
      assertThat(run.ids("refused")).contains("proof-replayed-at-once", "wrong-scope");
      assertHolds(check(api, "--bind=mtls", "--proxy-header=X-Ssl-Client-Cert"));
    }
  }

  private static Run check(FrameworkApi api, String... options) {
    return realm.check(
        CheckedApi.with(
            options,
            "--url=" + api.at("/accounts"),
            "--client-keys=" + realm.client(SampleClients.PRIVATE_KEY_JWT),
            "--other-client=" + realm.client(SampleClients.MTLS),
            "--scope=openid accounts"));
  }
}
