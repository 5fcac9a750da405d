package io.github.fapipack.apicheck;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.apicheck.ResourceCheck;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.PkiFiles;
import io.github.fapipack.it.samples.SampleApi;
import io.github.fapipack.it.samples.SampleClients;
import io.github.fapipack.it.server.FreePort;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.RealmCopy;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A realm with the sample bank in front of it, the samples' clients, and the command. */
final class CheckedApi implements AutoCloseable {
  private final TestRealm realm;
  private final SampleApi api;
  private final Path folder;
  private final List<Path> clients;

  private CheckedApi(TestRealm realm, SampleApi api, Path folder, List<Path> clients) {
    this.realm = realm;
    this.api = api;
    this.folder = folder;
    this.clients = clients;
  }

  /** The bank behind a realm of a profile. */
  static CheckedApi open(String profile) {
    CheckedApi checked = prepare(profile);
    checked.api.start(Harness.fromSystemProperties());
    return checked;
  }

  /** The same without the bank, for another API with its address. */
  static CheckedApi prepare(String profile) {
    Harness harness = Harness.fromSystemProperties();
    JsonNode export = TestRealm.export(profile);
    TestRealm realm = TestRealm.create(export);
    Path folder = harness.workFolder("api-check").resolve(realm.name());
    PkiFiles pki = TestServer.get().pki().writeTo(folder.resolve("pki"));
    SampleApi api = new SampleApi(TestServer.get(), folder.resolve("api"), pki, FreePort.find());
    api.serve(RealmCopy.of(export, realm.name()));
    List<Path> clients =
        new SampleClients(
                TestServer.get(), folder.resolve("clients"), pki.serverCa(), Optional.of(api))
            .create(realm.name(), false, TestRealm.USERNAME, realm.password());
    return new CheckedApi(realm, api, folder, clients);
  }

  /** An address of the bank. */
  URI at(String path) {
    return URI.create(api.address(realm.name()) + path);
  }

  /** The certificates of the server. */
  PkiFiles pki() {
    return new PkiFiles(folder.resolve("pki"));
  }

  URI issuer() {
    return realm.issuer();
  }

  Path folder() {
    return folder;
  }

  /** The client.json of a sample. */
  String client(String name) {
    return clients.stream()
        .filter(client -> client.endsWith(name))
        .findFirst()
        .orElseThrow()
        .resolve("client.json")
        .toString();
  }

  /** More options. */
  static String[] with(String[] options, String... more) {
    return Stream.concat(Stream.of(options), Stream.of(more)).toArray(String[]::new);
  }

  /** Runs the command with a user who logs in. */
  Run check(String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    Path json = folder.resolve("result.json");
    arguments.addAll(List.of("--grant=authorization_code", "--rate=20", "--json=" + json));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
    int status = ResourceCheck.run(arguments, name -> null, out, out);
    String printed = text.toString(StandardCharsets.UTF_8);
    return new Run(
        status, printed, status <= ResourceCheck.FAILS ? Json.read(json) : Json.object());
  }

  /** Fails unless everything was refused as it should be. */
  static void assertHolds(Run run) {
    assertThat(run.ids("passed-through")).as("%s", run).isEmpty();
    assertThat(run.ids("server-error")).as("%s", run).isEmpty();
    assertThat(run.ids("wrong-answer")).as("%s", run).isEmpty();
    assertThat(run.ids("legal-refused")).as("%s", run).isEmpty();
    assertThat(run.status()).as("%s", run).isZero();
  }

  /** The outcome of the command. */
  record Run(int status, String printed, JsonNode json) {

    /** The ids with a verdict. */
    List<String> ids(String verdict) {
      return StreamSupport.stream(json.path("results").spliterator(), false)
          .filter(result -> result.path("verdict").asText().equals(verdict))
          .map(result -> result.path("id").asText())
          .toList();
    }

    @Override
    public String toString() {
      return printed;
    }
  }

  @Override
  public void close() {
    api.close();
    realm.close();
  }
}
