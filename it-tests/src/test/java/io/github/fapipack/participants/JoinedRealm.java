package io.github.fapipack.participants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.directory.ConsumerDataRight;
import io.github.fapipack.it.directory.Directory;
import io.github.fapipack.it.directory.Software;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.server.KeycloakServer;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.TestServer;
import io.github.fapipack.it.time.Await;
import java.time.Duration;
import java.util.function.Consumer;

/** A realm whose clients are under the control of a directory with a list of participants. */
public final class JoinedRealm implements AutoCloseable {
  public static final String ECOSYSTEM = "tested";

  /** Longer than any test takes, so that only the test has the list read. */
  private static final int NEVER = 86_400;

  private final TestRealm realm;
  private final Directory directory;
  private final boolean shared;

  private JoinedRealm(TestRealm realm, Directory directory, boolean shared) {
    this.realm = realm;
    this.directory = directory;
    this.shared = shared;
  }

  public static JoinedRealm start(String export) {
    return start(TestServer.get(), export, status -> {});
  }

  /**
   * A realm of a server.
   *
   * @param change of the part of the profile that describes the list
   */
  public static JoinedRealm start(
      KeycloakServer server, String export, Consumer<ObjectNode> change) {
    JoinedRealm joined =
        new JoinedRealm(
            TestRealm.create(server, TestRealm.export(export)),
            Directory.start(new ConsumerDataRight(), server),
            false);
    joined.use(change);
    return joined;
  }

  /** A realm of the test server under a directory that outlives it. */
  public static JoinedRealm start(Directory directory, String export) {
    JoinedRealm joined = new JoinedRealm(TestRealm.create(export), directory, true);
    joined.use(status -> {});
    return joined;
  }

  /** Changes the part of the profile that describes the list. */
  public void use(Consumer<ObjectNode> change) {
    ObjectNode profile = directory.profile();
    profile.put("id", ECOSYSTEM);
    ObjectNode status = profile.withObject("/directory/status").put("every", NEVER);
    change.accept(status);
    set("fapi.ecosystem." + ECOSYSTEM, profile.toString());
    set("fapi.ecosystem", ECOSYSTEM);
  }

  public void set(String attribute, String value) {
    realm.setAttribute(attribute, value);
  }

  public TestRealm realm() {
    return realm;
  }

  public Directory directory() {
    return directory;
  }

  public Software software() {
    return directory.organisation("Organisation").software("Software");
  }

  /** A client that is under the control of the directory as this software. */
  public FapiClient client(Software software) {
    return join(TestClient.in(realm).scope("openid").register(), software);
  }

  public FapiClient join(FapiClient client, Software software) {
    AdminResponse answer = add(client, software);
    if (answer.status() != 200) {
      throw new AssertionError(answer.body());
    }
    return client;
  }

  public AdminResponse add(FapiClient client, Software software) {
    return add(client, software.id(), software.organisation().id());
  }

  public AdminResponse add(FapiClient client, String softwareId, String organisationId) {
    return send(
        "POST",
        "",
        Json.object()
            .put("clientUuid", uuid(client))
            .put("softwareId", softwareId)
            .put("organisationId", organisationId));
  }

  public String uuid(FapiClient client) {
    return realm.admin().client(realm.name(), client.clientId()).path("id").asText();
  }

  /** Has the list read now, and returns what is known of the directory then. */
  public JsonNode refresh() {
    return refresh(false);
  }

  public JsonNode refresh(boolean force) {
    // The server may be reading it of its own accord.
    return Await.atMost(Duration.ofSeconds(60))
        .until(
            "list",
            () -> send("POST", "/refresh?force=" + force, null),
            answer -> answer.status() == 200)
        .json()
        .path("directory");
  }

  /** What the admin API says of a client's software. */
  public JsonNode participant(FapiClient client) {
    return list("?search=" + client.clientId()).path("participants").path(0);
  }

  public JsonNode list(String query) {
    return realm.admin().get("/" + realm.name() + "/fapi/participants" + query);
  }

  public AdminResponse send(String method, String path, JsonNode body) {
    return realm.admin().send(method, "/" + realm.name() + "/fapi/participants" + path, body);
  }

  public AdminResponse decide(JsonNode participant, String state, String reason) {
    return send("POST", "/" + participant.path("id").asText() + "/state", decision(state, reason));
  }

  public AdminResponse decideOrganisation(JsonNode participant, String state, String reason) {
    return send(
        "POST",
        "/organisations/" + participant.path("organisationKey").asText() + "/state",
        decision(state, reason));
  }

  private static ObjectNode decision(String state, String reason) {
    return Json.object().put("state", state).put("reason", reason);
  }

  @Override
  public void close() {
    realm.close();
    if (!shared) {
      directory.close();
    }
  }
}
