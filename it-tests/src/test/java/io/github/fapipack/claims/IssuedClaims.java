package io.github.fapipack.claims;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.util.Base64URL;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;

/**
 * Every document of claims that a client got, by its source, parsed so that a duplicate member
 * fails the test.
 */
public final class IssuedClaims {
  /** What stays the same between two logins of a user with a client. */
  private static final Set<String> STABLE =
      Set.of(
          "sub",
          "azp",
          "client_id",
          "aud",
          "cnf",
          "iss",
          "typ",
          "acr",
          "amr",
          "allowed-origins",
          "realm_access",
          "resource_access",
          "token_type",
          "not-before-policy",
          "active");

  private static final ObjectMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Map<String, ObjectNode> documents = new LinkedHashMap<>();

  /** Nothing yet. */
  public static IssuedClaims none() {
    return new IssuedClaims();
  }

  /** The documents of one token response: its tokens, userinfo, introspection and a refresh. */
  public static IssuedClaims of(FapiClient client, Tokens tokens) {
    IssuedClaims all = new IssuedClaims();
    if (tokens.idToken() != null) {
      all.addText("userinfo", client.userinfo(tokens).send());
    }
    all.addTokens(client, tokens);
    return all;
  }

  /** The same, for tokens that userinfo does not accept. */
  public static IssuedClaims withoutUserinfo(FapiClient client, Tokens tokens) {
    IssuedClaims all = new IssuedClaims();
    all.addTokens(client, tokens);
    return all;
  }

  private void addTokens(FapiClient client, Tokens tokens) {
    add("first ", tokens);
    addText("introspection", client.introspect(tokens.accessToken()).send());
    if (tokens.refreshToken() != null) {
      addText(
          "introspected refresh token",
          client.introspect(tokens.refreshToken()).with("token_type_hint", "refresh_token").send());
      add("refreshed ", client.refresh(tokens).expect());
    }
  }

  public void add(String prefix, Tokens tokens) {
    documents.put(prefix + "token response", strict(tokens.exchange().body()));
    addJwt(prefix + "access token", tokens.accessToken());
    if (tokens.idToken() != null) {
      addJwt(prefix + "ID token", tokens.idToken());
    }
  }

  public void addJwt(String place, String jwt) {
    ObjectNode claims = strict(Base64URL.from(jwt.split("\\.")[1]).decodeToString());
    documents.put(
        place,
        claims.has("token_introspection") ? claims.withObject("/token_introspection") : claims);
  }

  private void addText(String place, HttpExchange answer) {
    answer.expectStatus(200);
    if (answer.body().startsWith("{")) {
      documents.put(place, strict(answer.body()));
    } else {
      addJwt(place, answer.body());
    }
  }

  public ObjectNode in(String place) {
    assertThat(documents).containsKey(place);
    return documents.get(place);
  }

  public Map<String, ObjectNode> all() {
    return documents;
  }

  /**
   * Fails unless everything is as before: the same members, with the same values if these are
   * stable.
   *
   * @param more further members that are allowed
   */
  public void assertLike(IssuedClaims before, String... more) {
    SoftAssertions softly = new SoftAssertions();
    assertThat(documents.keySet()).isEqualTo(before.documents.keySet());
    documents.forEach(
        (place, document) -> {
          Set<String> names = names(document);
          names.removeAll(List.of(more));
          softly.assertThat(names).as(place).isEqualTo(names(before.in(place)));
          STABLE.forEach(
              name ->
                  softly
                      .assertThat(document.path(name))
                      .as("%s of the %s", name, place)
                      .isEqualTo(before.in(place).path(name)));
          softly
              .assertThat(words(document.path("scope")))
              .as("scope of the %s", place)
              .isEqualTo(words(before.in(place).path("scope")));
        });
    softly.assertAll();
  }

  /** Fails if any of the names holds, or contains, the value. */
  public void assertNowhere(String value, List<String> names) {
    SoftAssertions softly = new SoftAssertions();
    documents.forEach(
        (place, document) ->
            names.forEach(
                name ->
                    softly
                        .assertThat(document.path(name).toString())
                        .as("%s of the %s", name, place)
                        .doesNotContain(value)));
    softly.assertAll();
  }

  private static Set<String> names(ObjectNode document) {
    Set<String> names = new HashSet<>();
    document.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Set<String> words(JsonNode text) {
    return Set.of(text.asText().split(" "));
  }

  private static ObjectNode strict(String json) {
    try {
      return (ObjectNode) STRICT.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not strict JSON: " + e.getOriginalMessage() + "\n" + json, e);
    }
  }
}
