package io.github.fapipack.bench;

import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.UUID;

/**
 * A client and a user, made by the admin API, of which {@link GrowthData} makes many. The copies of
 * the client have its keys, those of the user the password.
 */
final class GrowthTemplate {
  private final TestRealm realm;
  private final FapiClient client;
  private final String username = "person-" + UUID.randomUUID().toString().substring(0, 8);

  private GrowthTemplate(TestRealm realm, FapiClient client) {
    this.realm = realm;
    this.client = client;
  }

  /** Creates both, and lets the client get tokens of a grant. */
  static GrowthTemplate create(MeasuredRealm measured, String algorithm) {
    TestRealm realm = measured.realm();
    FapiClient client =
        TestClient.in(realm)
            .algorithm(algorithm)
            .altering(registration -> MeasuredRealm.signWith(registration, algorithm))
            .register();
    GrowthTemplate template = new GrowthTemplate(realm, client);
    realm.admin().createUser(realm.name(), SampleUser.json(template.username, realm.password()));
    template.logIn(client, client.browser(), template.username);
    return template;
  }

  /** Creates both so that the doctor finds much to repair in the client. */
  static GrowthTemplate neglected(MeasuredRealm measured) {
    TestRealm realm = measured.realm();
    GrowthTemplate template =
        new GrowthTemplate(realm, TestClient.in(realm).made(ClientOrigin.IMPORTED).register());
    realm.admin().createUser(realm.name(), SampleUser.json(template.username, realm.password()));
    return template;
  }

  String clientId() {
    return client.clientId();
  }

  String username() {
    return username;
  }

  /** Acts for the copy with this number. */
  FapiClient client(int number) {
    return client.but().sharingConnectionsOf(client).clientId(clientId() + "-" + number).build();
  }

  /** Begins a session of the user's copy with this number, and creates a grant for the client's. */
  LoopingClient logIn(int clientNumber, int userNumber) {
    FapiClient copy = client(clientNumber);
    LoginPage browser = copy.browser();
    return LoopingClient.holding(copy, browser, logIn(copy, browser, username + "-" + userNumber));
  }

  private Tokens logIn(FapiClient own, LoginPage browser, String user) {
    return own.token(
            own.visit(own.par().with("grant_management_action", "create").expect())
                .in(browser)
                .as(user, realm.password())
                .expectCode())
        .expect();
  }
}
