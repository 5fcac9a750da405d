package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.server.KeycloakServer;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.ArrayList;
import java.util.List;

/** A realm in which everything is signed with one algorithm, and the clients that use it. */
final class MeasuredRealm {
  /** The profile that corresponds to the built-in one. */
  private static final String EXPORT = "fapi2-security-profile";

  private static final String BUILT_IN_PROFILE = "fapi-2-dpop-security-profile";

  private final TestRealm realm;
  private final List<LoopingClient> clients = new ArrayList<>();

  private MeasuredRealm(TestRealm realm) {
    this.realm = realm;
  }

  /**
   * Creates the realm with that many clients.
   *
   * @param baseline how the realm under the built-in profile is made
   */
  static MeasuredRealm create(
      KeycloakServer server,
      Contender contender,
      Baseline baseline,
      String algorithm,
      int clients) {
    JsonNode export = contender.hasPack() ? ofPack(algorithm) : builtIn(baseline, algorithm);
    // Requests are remembered as long as a login may last: without this setting, memory would only
    // be stable after forty minutes.
    ((ObjectNode) export)
        .put("accessCodeLifespanLogin", 60)
        .put("accessCodeLifespanUserAction", 60);
    TestRealm realm = TestRealm.create(server, export);
    MeasuredRealm measured = new MeasuredRealm(realm);
    for (int i = 0; i < clients; i++) {
      String user = "user-" + i;
      server.admin().createUser(realm.name(), SampleUser.json(user, realm.password()));
      FapiClient client =
          TestClient.in(realm)
              .algorithm(algorithm)
              .altering(registration -> signWith(registration, algorithm))
              .register();
      measured.clients.add(LoopingClient.loggedIn(client, user, realm.password()));
    }
    return measured;
  }

  TestRealm realm() {
    return realm;
  }

  /** The first clients; there are as many as were asked for. */
  List<LoopingClient> clients(int number) {
    return clients.subList(0, number);
  }

  /** Ends all sessions. */
  void logOut() {
    AdminResponse answer =
        realm.admin().send("POST", "/" + realm.name() + "/logout-all", Json.object());
    if (answer.status() >= 300) {
      throw new IllegalStateException("the users cannot be logged out: " + answer.body());
    }
  }

  /** Begins a new session of each user. */
  void logIn() {
    clients.forEach(LoopingClient::logIn);
  }

  /** The pack's realm, with tokens signed with this algorithm. */
  static ObjectNode ofPack(String algorithm) {
    return ((ObjectNode) TestRealm.export(EXPORT)).put("defaultSignatureAlgorithm", algorithm);
  }

  private static ObjectNode builtIn(Baseline baseline, String algorithm) {
    ObjectNode realm =
        baseline == Baseline.SAME
            ? ofPack(algorithm)
            : Json.object()
                .put("realm", "built-in")
                .put("enabled", true)
                .put("defaultSignatureAlgorithm", algorithm);
    // Settings that only the pack understands.
    realm.remove(List.of("adminTheme", "loginTheme", "accountTheme", "clientProfiles"));
    ObjectNode policy =
        realm
            .putObject("clientPolicies")
            .putArray("policies")
            .addObject()
            .put("name", "every client")
            .put("enabled", true);
    policy
        .putArray("conditions")
        .addObject()
        .put("condition", "any-client")
        .putObject("configuration");
    policy.putArray("profiles").add(BUILT_IN_PROFILE);
    return realm;
  }

  /** Has assertions and tokens of a client signed with this algorithm. */
  static void signWith(ObjectNode registration, String algorithm) {
    registration
        .withObject("/attributes")
        .put("token.endpoint.auth.signing.alg", algorithm)
        .put("access.token.signed.response.alg", algorithm)
        .put("id.token.signed.response.alg", algorithm);
  }
}
