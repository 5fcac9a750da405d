package io.github.fapipack.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.AuthorizationVisit;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.samples.OneTimeCodes;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.samples.SecurityKey;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A realm with the step-up flow and an ecosystem of its own. Its user has an authenticator app and
 * tax numbers; dave has a security key, bob no more than a password.
 */
final class LoginRealm implements AutoCloseable {
  static final String LOW = "urn:example:acr:low";
  static final String HIGH = "urn:example:acr:high";
  static final String DEVICE = "urn:example:acr:device";
  static final String BOB = "bob";
  static final String PERSON = "12345678901";
  static final List<String> COMPANIES = List.of("11222333444455", "66777888999900");

  private static final OneTimeCodes CODES = OneTimeCodes.of("a secret of twenty bytes");
  private static final SecurityKey KEY = SecurityKey.create();
  private static final String DAVE = "dave";
  private static final String ECOSYSTEM = "test-login";

  private final TestRealm realm;

  private LoginRealm(TestRealm realm) {
    this.realm = realm;
    ObjectNode user = SampleUser.json("carol", realm.password());
    person(user);
    CODES.addTo(user);
    realm.admin().createUser(realm.name(), user);
    realm.admin().createUser(realm.name(), SampleUser.json(BOB, realm.password()));
    realm.admin().createUser(realm.name(), KEY.addTo(SampleUser.json(DAVE, realm.password())));
  }

  /**
   * Imports a realm file with the step-up flow.
   *
   * @param profile adds members to the profile of the ecosystem
   * @param more changes the realm
   */
  static LoginRealm of(String export, Consumer<ObjectNode> profile, Consumer<ObjectNode> more) {
    ObjectNode copy = ((ObjectNode) TestRealm.export(export)).deepCopy();
    copy.setAll((ObjectNode) source("realm-exports/src/step-up.fragment.json").path("realm"));
    copy.put("otpPolicyType", "totp")
        .put("otpPolicyAlgorithm", "HmacSHA1")
        .put("otpPolicyInitialCounter", 0)
        .put("otpPolicyDigits", 6)
        .put("otpPolicyLookAheadWindow", 1)
        .put("otpPolicyPeriod", 30)
        .put("otpPolicyCodeReusable", true);
    copy.withObject("/attributes")
        .put("acr.loa.map", Json.text(levels()))
        .put("fapi.ecosystem", ECOSYSTEM)
        .put("fapi.ecosystem." + ECOSYSTEM, Json.text(ecosystem(profile)));
    declare(copy, "cpf", "cnpj", "adult");
    more.accept(copy);
    return new LoginRealm(TestRealm.create(copy));
  }

  static LoginRealm of(String export, Consumer<ObjectNode> profile) {
    return of(export, profile, realm -> {});
  }

  private static ObjectNode levels() {
    return Json.object().put(LOW, 1).put(HIGH, 2).put(DEVICE, 3);
  }

  private static ObjectNode ecosystem(Consumer<ObjectNode> profile) {
    ObjectNode file =
        (ObjectNode) source("providers/src/main/resources/fapi-ecosystems/plain.json");
    file.put("id", ECOSYSTEM);
    file.putObject("authentication").set("acr", levels());
    profile.accept(file);
    return file;
  }

  private static JsonNode source(String path) {
    return Json.read(Harness.fromSystemProperties().root().resolve(path));
  }

  /** Lets administrators give users these attributes. */
  private static void declare(ObjectNode realm, String... attributes) {
    ArrayNode config =
        (ArrayNode)
            realm.at(
                "/components/org.keycloak.userprofile.UserProfileProvider/0/config/kc.user.profile.config");
    ObjectNode profile = (ObjectNode) Json.parse(config.get(0).asText());
    for (String name : attributes) {
      ObjectNode attribute = profile.withArray("/attributes").addObject();
      attribute.put("name", name).put("multivalued", true);
      attribute.putObject("permissions").putArray("edit").add("admin");
      ((ObjectNode) attribute.path("permissions")).putArray("view").add("admin");
    }
    config.set(0, Json.text(profile));
  }

  private static void person(ObjectNode user) {
    ObjectNode attributes = user.withObject("/attributes");
    attributes.putArray("cpf").add(PERSON);
    attributes.putArray("adult").add("true");
    COMPANIES.forEach(attributes.putArray("cnpj")::add);
  }

  TestRealm realm() {
    return realm;
  }

  /** The visit of the user with an authenticator app. */
  AuthorizationVisit visit(FapiClient client, FapiRequest<Pushed> par) {
    return asCarol(client.visit(par.expect()));
  }

  AuthorizationVisit asCarol(AuthorizationVisit visit) {
    return visit.as("carol", realm.password()).withCodes(CODES::now);
  }

  /** The visit of the user with a security key. */
  AuthorizationVisit visitAsDave(FapiClient client, FapiRequest<Pushed> par) {
    return client.visit(par.expect()).as(DAVE, realm.password()).withKey(KEY::touched);
  }

  /** The visit of the user with a password only. */
  AuthorizationVisit visitAsBob(FapiClient client, FapiRequest<Pushed> par) {
    return client.visit(par.expect()).as(BOB, realm.password());
  }

  Tokens tokens(FapiClient client, FapiRequest<Pushed> par) {
    return client.token(visit(client, par).expectCode()).expect();
  }

  Tokens tokens(FapiClient client, FapiRequest<Pushed> par, LoginPage browser) {
    return client.token(visit(client, par).in(browser).expectCode()).expect();
  }

  /** A pushed request that asks for one claim. */
  static FapiRequest<Pushed> par(FapiClient client, String target, String claim, Object request) {
    return client.par().with("claims", text(target, claim, request));
  }

  static String text(String target, String claim, Object request) {
    ObjectNode claims = Json.object();
    claims.putObject(target).set(claim, request == null ? null : node(request));
    return Json.text(claims);
  }

  private static JsonNode node(Object value) {
    return Json.parse(Json.text(Json.object().pojoNode(value)));
  }

  static Map<String, Object> essential(Object value) {
    return Map.of("essential", true, "value", value);
  }

  @Override
  public void close() {
    realm.close();
  }
}
