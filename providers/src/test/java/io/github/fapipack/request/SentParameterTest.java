package io.github.fapipack.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import io.github.fapipack.Garbage;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.protocol.oidc.endpoints.request.AuthzEndpointRequestParser;

/** From where a parameter counts, at the authorization endpoint. */
class SentParameterTest {
  private static final String PUSHED = "urn:ietf:params:oauth:request_uri:abc";

  /** Keeps the digits of numbers, like the reader of request objects. */
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

  /** What the session holds: Keycloak leaves there what it has read. */
  private final Map<String, Object> attributes = new HashMap<>();

  private final Map<String, Map<String, String>> stored = new HashMap<>();

  @Test
  void comesFromTheQuery() throws Refusal {
    assertThat(sent(query("action", "[ 1.50 ]")).map(SentParameter::json)).contains("[ 1.50 ]");
    assertThat(sent(query("other", "x"))).isEmpty();
  }

  @Test
  void comesFromARequestObjectByValueAndNotFromBesideIt() throws Refusal {
    MultivaluedMap<String, String> query = query("request", object("{\"action\":[1.50]}"));
    query.add("action", "beside");

    assertThat(sent(query).map(SentParameter::json)).contains("[1.50]");
    assertThat(sent(query("request", object("{}")))).isEmpty();
  }

  @Test
  void comesFromARequestObjectThatKeycloakFetched() throws Exception {
    attributes.put(
        AuthzEndpointRequestParser.AUTHZ_REQUEST_OBJECT, JSON.readTree("{\"action\":\"merge\"}"));
    MultivaluedMap<String, String> query = query("request_uri", "https://client.example/request");
    query.add("action", "beside");

    SentParameter sent = sent(query).orElseThrow();

    assertThat(sent.inObject()).isTrue();
    assertThat(sent.value().textValue()).isEqualTo("merge");
  }

  @Test
  void comesFromWhatWasPushed() throws Refusal {
    stored.put("abc", Map.of("action", "merge"));
    MultivaluedMap<String, String> query = query("request_uri", PUSHED);
    query.add("action", "beside");

    assertThat(sent(query).map(sent -> sent.value().textValue())).contains("merge");
  }

  @Test
  void comesFromARequestObjectThatWasPushed() throws Refusal {
    stored.put("abc", Map.of("request", object("{\"action\":\"replace\"}"), "action", "beside"));

    SentParameter sent = sent(query("request_uri", PUSHED)).orElseThrow();

    assertThat(sent.inObject()).isTrue();
    assertThat(sent.value().textValue()).isEqualTo("replace");
  }

  @Test
  void isNotThereWhenNothingWasPushed() throws Refusal {
    assertThat(sent(query("request_uri", PUSHED))).isEmpty();
  }

  private Optional<SentParameter> sent(MultivaluedMap<String, String> query) throws Refusal {
    return SentParameter.atAuthorizationEndpoint(session(), query, "action");
  }

  private static MultivaluedMap<String, String> query(String name, String value) {
    MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
    query.add(name, value);
    return query;
  }

  /** The request object of a new request. */
  private String object(String claims) {
    attributes.clear();
    return Garbage.encoded("{\"alg\":\"ES256\"}") + "." + Garbage.encoded(claims) + ".c2ln";
  }

  private KeycloakSession session() {
    SingleUseObjectProvider objects =
        fake(
            SingleUseObjectProvider.class,
            (name, key) -> stored.get(((String) key[0]).replaceFirst(".*[.:]", "")));
    return fake(
        KeycloakSession.class,
        (name, arguments) ->
            switch (name) {
              case "getAttribute" -> attributes.get(arguments[0]);
              case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
              case "singleUseObjects" -> objects;
              default -> throw new UnsupportedOperationException(name);
            });
  }

  private interface Answers {
    Object to(String name, Object[] arguments);
  }

  private static <T> T fake(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.to(method.getName(), arguments)));
  }
}
