package io.github.fapipack.bankevents;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** The bank's own client, which ends consents at the admin API. */
public final class Revoker {
  private static final String ROLE = "manage-fapi-consents";

  private final TestRealm realm;
  private final FapiClient client;
  private final Tokens tokens;

  private Revoker(TestRealm realm, FapiClient client) {
    this.realm = realm;
    this.client = client;
    this.tokens = client.clientCredentials().expect();
  }

  /** A client of the realm that has the role. */
  public static Revoker of(TestRealm realm, SenderConstraint constraint) {
    return of(realm, constraint, UnaryOperator.identity());
  }

  /** The same for a client at another place, such as one node of a cluster. */
  public static Revoker of(
      TestRealm realm, SenderConstraint constraint, UnaryOperator<FapiClient> place) {
    FapiClient client = client(realm, constraint);
    AdminClient admin = realm.admin();
    String prefix = "/" + realm.name();
    String management = id(admin.client(realm.name(), "realm-management"));
    String own = id(admin.client(realm.name(), client.clientId()));
    JsonNode role = admin.get(prefix + "/clients/" + management + "/roles/" + ROLE);
    String user = id(admin.get(prefix + "/clients/" + own + "/service-account-user"));
    for (String path :
        new String[] {
          "/users/" + user + "/role-mappings/clients/" + management,
          "/clients/" + own + "/scope-mappings/clients/" + management
        }) {
      int status =
          admin.send("POST", prefix + path, Json.object().putArray("roles").add(role)).status();
      if (status != 204) {
        throw new AssertionError(path + ": " + status);
      }
    }
    return new Revoker(realm, place.apply(client));
  }

  /** A client of the realm without the role. */
  static Revoker powerless(TestRealm realm) {
    return new Revoker(realm, client(realm, SenderConstraint.DPOP));
  }

  private static FapiClient client(TestRealm realm, SenderConstraint constraint) {
    return TestClient.in(realm).constraint(constraint).scope("openid roles").register();
  }

  private static String id(JsonNode found) {
    return found.path("id").asText();
  }

  /** The request that ends a consent. */
  public FapiRequest<HttpExchange> request(String consentId) {
    return at(
        URLEncoder.encode(consentId, StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("%7E", "~")); // Keycloak refuses needless escapes
  }

  /** The same with the id as it stands in the path. */
  FapiRequest<HttpExchange> at(String place) {
    return client
        .resource(
            realm
                .issuer()
                .resolve("/admin/realms/" + realm.name() + "/fapi/consents/" + place + "/revoke"),
            tokens)
        .method("POST");
  }

  /** Ends a consent, and returns the status of the response. */
  public int revoke(String consentId) {
    return request(consentId).send().status();
  }

  FapiClient client() {
    return client;
  }

  /** The address of the API for a consent whose id needs no escapes. */
  URI address(String consentId) {
    return realm
        .issuer()
        .resolve("/admin/realms/" + realm.name() + "/fapi/consents/" + consentId + "/revoke");
  }
}
