package io.github.fapipack.doctor.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.directory.ConsumerDataRight;
import io.github.fapipack.it.directory.Directory;
import io.github.fapipack.it.directory.Organisation;
import io.github.fapipack.it.directory.Software;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.server.KeycloakServer;
import io.github.fapipack.it.testing.DatedKeys;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.TestServer;
import io.github.fapipack.it.time.Await;
import java.time.Duration;
import java.util.UUID;

/** A realm of an ecosystem whose directory only the test has read. */
final class ParticipantRealm implements AutoCloseable {
  static final String ECOSYSTEM = "tested";

  /** Longer than any test takes. */
  private static final int NEVER = 86_400;

  private final TestRealm realm =
      TestRealm.create(TestServer.get(), TestRealm.export("fapi2-security-profile"));
  private final Directory directory;
  private final boolean shared;

  private ParticipantRealm(Directory sharedOrNull) {
    shared = sharedOrNull != null;
    directory = shared ? sharedOrNull : Directory.start(new ConsumerDataRight(), realm.server());
  }

  /** A realm that has joined an ecosystem of its own. */
  static ParticipantRealm create() {
    return join(new ParticipantRealm(null));
  }

  /** A realm under a directory that outlives it. */
  static ParticipantRealm create(Directory directory) {
    return join(new ParticipantRealm(directory));
  }

  private static ParticipantRealm join(ParticipantRealm made) {
    made.set("fapi.ecosystem." + ECOSYSTEM, made.profile().toString());
    made.set("fapi.ecosystem", ECOSYSTEM);
    // The server reads the list as soon as it notices; a test must not meet that.
    Await.atMost(Duration.ofMinutes(1))
        .until("list", () -> made.directoryStatus().path("lastSuccess").isNumber());
    return made;
  }

  /** Sets after how many seconds of silence the directory is an alarm. */
  void staleAfter(int seconds) {
    ObjectNode profile = profile();
    profile.withObject("/directory/status").put("stale_after", seconds);
    set("fapi.ecosystem." + ECOSYSTEM, profile.toString());
  }

  /** What the admin API says of the directory. */
  JsonNode directoryStatus() {
    return realm.admin().get("/" + name() + "/fapi/participants?max=1").path("directory");
  }

  private ObjectNode profile() {
    ObjectNode profile = directory.profile().put("id", ECOSYSTEM);
    profile.withObject("/directory/status").put("every", NEVER).put("most_ended_percent", 25);
    return profile;
  }

  void set(String attribute, String value) {
    realm.setAttribute(attribute, value);
  }

  String name() {
    return realm.name();
  }

  KeycloakServer server() {
    return realm.server();
  }

  TestRealm realm() {
    return realm;
  }

  Directory directory() {
    return directory;
  }

  /** A client that can get tokens, under the control of the directory as this software. */
  FapiClient client(Software software) {
    FapiClient client = TestClient.in(realm).scope("openid").register();
    Organisation organisation = software.organisation();
    add(client.clientId(), software.id(), software.name(), organisation.id(), organisation.name());
    return client;
  }

  /** A client that only exists, with a key that ends so many days from now. */
  void client(String clientId, Organisation organisation, String softwareName, int days) {
    createClient(clientId, days);
    Software software = organisation.software(softwareName);
    add(clientId, software.id(), softwareName, organisation.id(), organisation.name());
  }

  /** The same with names that the directory would not have. */
  void unlistedClient(String clientId, String organisationName, String softwareName, int days) {
    createClient(clientId, days);
    String id = UUID.randomUUID().toString();
    add(clientId, id, softwareName, id, organisationName);
  }

  private void createClient(String clientId, int days) {
    ObjectNode client =
        Json.object()
            .put("clientId", clientId)
            .put("protocol", "openid-connect")
            .put("clientAuthenticatorType", "client-jwt");
    client
        .putObject("attributes")
        .put("use.jwks.string", "true")
        .put("jwks.string", DatedKeys.keySet(clientId, days));
    realm.admin().createClient(realm.name(), client);
  }

  private void add(
      String clientId,
      String softwareId,
      String name,
      String organisationId,
      String organisationName) {
    ObjectNode participant =
        Json.object()
            .put("clientUuid", realm.admin().client(realm.name(), clientId).path("id").asText())
            .put("softwareId", softwareId)
            .put("softwareName", name)
            .put("organisationId", organisationId)
            .put("organisationName", organisationName);
    AdminResponse answer = send("POST", "", participant);
    if (answer.status() != 200) {
      throw new AssertionError(answer.body());
    }
  }

  /** Has the list read, whatever it ends. */
  void read() {
    AdminResponse answer = send("POST", "/refresh?force=true", null);
    if (!answer.json().at("/directory/problem").isNull()) {
      throw new AssertionError(answer.body());
    }
  }

  /** What the admin API says of a software, by its name. */
  JsonNode participant(String softwareName) {
    for (JsonNode one :
        realm
            .admin()
            .get("/" + name() + "/fapi/participants?registered=any&max=500")
            .path("participants")) {
      if (one.path("softwareName").asText().equals(softwareName)) {
        return one;
      }
    }
    throw new AssertionError("There is no " + softwareName);
  }

  String state(String softwareName) {
    return participant(softwareName).path("state").asText();
  }

  AdminResponse send(String method, String path, JsonNode body) {
    return realm.admin().send(method, "/" + name() + "/fapi/participants" + path, body);
  }

  /** What an administrator decides without the page. */
  void decide(String softwareName, String state, String reason) {
    String id = participant(softwareName).path("id").asText();
    send("POST", "/" + id + "/state", Json.object().put("state", state).put("reason", reason));
  }

  @Override
  public void close() {
    realm.close();
    if (!shared) {
      directory.close();
    }
  }
}
