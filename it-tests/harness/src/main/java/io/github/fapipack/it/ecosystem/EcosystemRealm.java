package io.github.fapipack.it.ecosystem;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.http.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A realm file of an ecosystem, and the profile of the ecosystem: what a client there must be like.
 *
 * @param export the realm file
 * @param profile the ecosystem's profile
 */
public record EcosystemRealm(JsonNode export, JsonNode profile) {
  private static final String PROFILES = "providers/src/main/resources/fapi-ecosystems/";

  /**
   * The realm of a file; empty if it belongs to no ecosystem.
   *
   * @param root the folder of the repository
   */
  public static Optional<EcosystemRealm> of(Path root, JsonNode export) {
    return Optional.ofNullable(export.path("attributes").path("fapi.ecosystem").textValue())
        .map(id -> new EcosystemRealm(export, profile(root, id)));
  }

  /** A profile of the pack. */
  public static JsonNode profile(Path root, String id) {
    return Json.read(root.resolve(PROFILES + id + ".json"));
  }

  /** The name of the realm. */
  public String name() {
    return export.path("realm").textValue();
  }

  /** Whether the realm has a rule. */
  public boolean has(String rule) {
    return export.findValuesAsText("executor").contains(rule);
  }

  /** Whether responses are signed by an ID token besides the code (FAPI 1.0). */
  public boolean isHybrid() {
    return has("fapi1-restrict-response-type");
  }

  /** Whether requests are signed. */
  public boolean signsRequests() {
    return has("fapi2-require-signed-request-object");
  }

  /** Whether each client must have its ID tokens encrypted. */
  public boolean encryptsIdTokens() {
    return profile.path("authentication").path("id_token_encryption").asText().equals("required");
  }

  /** The scopes that roles of the ecosystem give, besides openid. */
  public List<String> scopes() {
    return StreamSupport.stream(profile.path("roles").spliterator(), false)
        .flatMap(role -> texts(role.path("scopes")))
        .filter(scope -> !scope.equals("openid"))
        .distinct()
        .toList();
  }

  /** How a request names a consent. */
  public ConsentCarrier carrier() {
    return new ConsentCarrier(profile.path("consent").path("reference"));
  }

  private static Stream<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
  }
}
