package io.github.fapipack.samplebank;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.pki.OwnerOnly;
import io.github.fapipack.it.samples.SampleApi;
import io.github.fapipack.it.server.FreePort;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.RealmCopy;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.TestServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The sample bank, as its JAR, in front of realms of the test server. */
final class RunningBank implements AutoCloseable {
  private final Harness harness = Harness.fromSystemProperties();
  private final Path folder = OwnerOnly.folder(harness.workFolder("sample-bank"));
  private final SampleApi api =
      new SampleApi(
          TestServer.get(),
          folder,
          TestServer.get().pki().writeTo(folder.resolve("pki")),
          FreePort.find());

  /** Puts it in front of a realm. */
  void serve(TestRealm realm, JsonNode export) {
    api.serve(RealmCopy.of(export, realm.name()));
  }

  /** A client of a realm that gets tokens for it. */
  FapiClient client(TestRealm realm, UnaryOperator<TestClient> how) {
    FapiClient client =
        how.apply(TestClient.in(realm).altering(registration -> admit(realm, registration)))
            .register();
    api.allowAccounts(realm.name(), client.clientId());
    return client.but().scope("openid " + SampleApi.ACCOUNTS).build();
  }

  private void admit(TestRealm realm, ObjectNode registration) {
    String clientId = registration.path("clientId").asText();
    api.admit(realm.name(), registration);
    Path keys = folder.resolve(clientId + ".jwks.json");
    OwnerOnly.write(keys, registration.at("/attributes/jwks.string").asText());
    api.knows(realm.name(), clientId, keys);
  }

  void start() {
    api.start(harness);
  }

  /** An address of the API of a realm. */
  URI at(TestRealm realm, String path) {
    return URI.create(api.address(realm.name()) + path);
  }

  @Override
  public void close() {
    api.close();
  }
}
