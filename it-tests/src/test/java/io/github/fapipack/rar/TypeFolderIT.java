package io.github.fapipack.rar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.server.DistributionServer;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.TestServer;
import io.github.fapipack.it.time.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A type in the server's folder is available without a restart, and gone when it is removed. */
@ExtendWith(ServerLogOnFailure.class)
class TypeFolderIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @Test
  @Accepts(by = "AuthorizationDetailsType", value = "RFC9396 2.1-1")
  @Rejects(by = "AuthorizationDetailsType", value = "RFC9396 2.1-1")
  void comesAndGoesWithItsFiles() throws IOException {
    assumeThat(TestServer.get()).isInstanceOf(DistributionServer.class);
    String type = "lease_" + UUID.randomUUID().toString().substring(0, 8);
    Path folder =
        Harness.fromSystemProperties()
            .workFolder("test-server")
            .resolve("keycloak/conf/authorization-details")
            .resolve(type);
    String asked = "[{\"type\":\"" + type + "\",\"months\":3}]";
    try (TestRealm realm = TestRealm.create("fapi2-security-profile")) {
      FapiClient client = TestClient.in(realm).register();
      client.par().with(Details.PARAMETER, asked).expectError(400, Details.INVALID);

      Path schema = Files.createDirectories(folder).resolve("schema.json");
      Files.writeString(schema, "{\"properties\":{\"months\":{\"maximum\":6}}}");
      awaitOffered(client, type, true);
      client.par().with(Details.PARAMETER, asked).expect();
      assertThat(
              client
                  .par()
                  .with(Details.PARAMETER, asked.replace(":3}", ":7}"))
                  .expectError(400, Details.INVALID)
                  .errorDescription())
          .contains("/0/months");

      Files.delete(schema);
      awaitOffered(client, type, false);
      client.par().with(Details.PARAMETER, asked).expectError(400, Details.INVALID);
    } finally {
      Files.deleteIfExists(folder.resolve("schema.json"));
      Files.deleteIfExists(folder);
    }
  }

  private static void awaitOffered(FapiClient client, String type, boolean expected) {
    Await.atMost(TIMEOUT)
        .until(
            "metadata with" + (expected ? " " : "out ") + type,
            () ->
                client
                    .discover()
                    .exchange()
                    .json()
                    .path("authorization_details_types_supported")
                    .toString(),
            types -> types.contains(type) == expected);
  }
}
