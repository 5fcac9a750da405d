package io.github.fapipack.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.consent.ConsentServiceStub;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.KeycloakServer;
import java.util.List;
import java.util.Map;

/**
 * A realm of a bank that holds the consents, with the stand-in for the bank's consent service. Its
 * ecosystem has no directory; its clients are those of administrators.
 *
 * <pre>{@code
 * try (BankRealm bank = BankRealm.create("fapi2-security-profile", BankRealm.BY_SCOPE)) {
 *   FapiClient client = TestClient.in(bank.realm()).register();
 *   LodgedConsent consent = bank.service().lodge(ConsentDraft.forAccounts(client.clientId()));
 * }
 * }</pre>
 */
public final class BankRealm implements AutoCloseable {
  /** The scope {@code consent:ID} names the consent; requests without one are allowed. */
  public static final String BY_SCOPE = "{\"reference\":{\"scope\":\"consent:\"}}";

  /** The claim {@code openbanking_intent_id} names the consent. */
  public static final String BY_CLAIM = "{\"reference\":{\"claim\":\"openbanking_intent_id\"}}";

  private static final String ID = "test-bank";

  private final ConsentServiceStub service;
  private final TestRealm realm;

  private BankRealm(ConsentServiceStub service, TestRealm realm) {
    this.service = service;
    this.realm = realm;
  }

  /**
   * A copy of a realm with a service of its own.
   *
   * @param exportName as in {@link FapiRealm}
   * @param consent the member {@code consent} of the ecosystem's profile
   */
  public static BankRealm create(String exportName, String consent) {
    return create(exportName, consent, Map.of());
  }

  /** The same for a bank with a consent page of its own. */
  public static BankRealm withPage(String exportName, String consent) {
    return create(TestServer.get(), exportName, consent, Map.of(), true);
  }

  /** The same with further attributes of the realm. */
  public static BankRealm create(
      String exportName, String consent, Map<String, String> attributes) {
    return create(TestServer.get(), exportName, consent, attributes);
  }

  /** The same at another server. */
  public static BankRealm create(
      KeycloakServer server, String exportName, String consent, Map<String, String> attributes) {
    return create(server, exportName, consent, attributes, false);
  }

  private static BankRealm create(
      KeycloakServer server,
      String exportName,
      String consent,
      Map<String, String> attributes,
      boolean page) {
    ObjectNode export =
        (ObjectNode)
            Json.read(
                Harness.fromSystemProperties()
                    .root()
                    .resolve("realm-exports")
                    .resolve(exportName + ".json"));
    ConsentServiceStub service = ConsentServiceStub.start(server);
    ObjectNode all = export.withObject("/attributes");
    all.put("fapi.ecosystem", ID).put("fapi.ecosystem." + ID, profile(consent).toString());
    (page ? service.realmAttributesWithPage() : service.realmAttributes()).forEach(all::put);
    attributes.forEach(all::put);
    return new BankRealm(service, TestRealm.create(server, export));
  }

  private static ObjectNode profile(String consent) {
    ObjectNode profile =
        (ObjectNode)
            Json.read(
                Harness.fromSystemProperties()
                    .root()
                    .resolve("providers/src/main/resources/fapi-ecosystems/plain.json"));
    profile.put("id", ID).put("name", "A bank that holds the consents");
    profile.remove(List.of("certificate", "roles", "client"));
    ((ObjectNode) profile.path("directory")).remove("status");
    JsonNode rules = Json.parse(consent);
    profile.set("consent", rules);
    return profile;
  }

  /** The realm. */
  public TestRealm realm() {
    return realm;
  }

  /** The bank's consent service. */
  public ConsentServiceStub service() {
    return service;
  }

  /** The id of the realm's user, which the service has as {@code subject}. */
  public String subject() {
    return realm
        .admin()
        .get("/" + realm.name() + "/users?exact=true&username=" + TestRealm.USERNAME)
        .get(0)
        .path("id")
        .asText();
  }

  @Override
  public void close() {
    realm.close();
    service.close();
  }
}
