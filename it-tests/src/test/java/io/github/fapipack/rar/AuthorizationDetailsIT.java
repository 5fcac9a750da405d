package io.github.fapipack.rar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with authorization details is said when they are pushed, plain or signed. */
class AuthorizationDetailsIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  @FapiRealm("fapi2-message-signing")
  private static TestRealm signed;

  private static FapiClient plain;
  private static FapiClient signing;

  @BeforeAll
  static void registerClients() {
    plain = TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).register();
    signing = TestClient.in(signed).made(ClientOrigin.BEFORE_POLICY).signing().register();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(
      by = "RestrictAuthorizationDetails",
      value = {
        "RFC9396 2-1",
        "RFC9396 2.2-1",
        "RFC9396 3-1",
        "RFC9396 5-1",
        "RFC9396 5-2",
        "RFC9396 12-2"
      })
  @Accepts(
      by = "DetailsCheck",
      value = {"RFC9396 2-1", "RFC9396 2.2-1", "RFC9396 5-1", "RFC9396 5-2", "RFC9396 12-2"})
  @Accepts("RFC9396 2-2")
  @Accepts(by = "AuthorizationDetailsType", value = "RFC9396 2.1-1")
  @Accepts(by = "CommonFields", value = "RFC9396 2.2-1")
  @Accepts(by = "InvalidAuthorizationDetails", value = "RFC9396 5-2")
  void acceptsWhatTheTypesTake(ClientOrigin origin) {
    String both = Details.list(Details.payment(), Details.accounts(), Details.accounts());

    TestClient.in(realm).made(origin).register().par().with(Details.PARAMETER, both).expect();
    TestClient.in(signed)
        .made(origin)
        .signing()
        .register()
        .par()
        .with(Details.PARAMETER, both)
        .expect();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        wrong("unknown type", "/0/type", d -> d.put("type", "payment_Initiation")),
        wrong("look-alike type", "/0/type", d -> d.put("type", "payment_\u0456nitiation")),
        wrong("no type", "/0/type", d -> d.remove("type")),
        wrong("type a list", "/0/type", d -> d.putArray("type").add("payment_initiation")),
        wrong("unknown field", "/0/tip", d -> d.put("tip", "5")),
        wrong(
            "unknown field below",
            "/0/instructedAmount/tip",
            d -> d.withObject("/instructedAmount").put("tip", 5)),
        wrong("field of wrong type", "/0/creditorName", d -> d.put("creditorName", 5)),
        wrong("common field of wrong type", "/0/actions", d -> d.put("actions", "initiate")),
        wrong("identifier a number", "/0/identifier", d -> d.put("identifier", 5)),
        wrong(
            "invalid value",
            "/0/instructedAmount/amount",
            d -> d.withObject("/instructedAmount").put("amount", "1e5")),
        wrong(
            "amount a number",
            "/0/instructedAmount/amount",
            d -> d.withObject("/instructedAmount").put("amount", 5)),
        wrong("missing field", "/0/creditorAccount", d -> d.remove("creditorAccount")),
        wrong(
            "no such day",
            "/0/requestedExecutionDate",
            d -> d.put("requestedExecutionDate", "2031-02-29")),
        wrong("zero in a text", "/0/creditorName", d -> d.put("creditorName", "A\u0000B")),
        wrong("line in a text", "/0/creditorName", d -> d.put("creditorName", "A\nB")),
        wrong("turned text", "/0/creditorName", d -> d.put("creditorName", "A\u202eB")),
        wrong("isolated text", "/0/creditorName", d -> d.put("creditorName", "A\u2067B")));
  }

  @Test
  @Rejects(by = "RestrictAuthorizationDetails", value = "RFC9396 5-1")
  @Rejects(by = "DetailsCheck", value = "RFC9396 5-1")
  void namesAllFaultsAtOnce() {
    String json =
        Details.wrong(
            d -> {
              d.remove("creditorName");
              d.put("requestedExecutionDate", "2031-02-29").put("extra", 1);
            });

    HttpExchange answer =
        plain.par().with(Details.PARAMETER, json).expectError(400, Details.INVALID);

    assertThat(answer.json().path("error_description").asText())
        .contains(
            "at /0/creditorName: the member is missing",
            "at /0/requestedExecutionDate: must hold format date",
            "at /0/extra: its type has no such member");
  }

  private static Arguments wrong(String name, String pointer, Consumer<ObjectNode> edit) {
    return Arguments.of(Named.of(name, Details.wrong(edit)), pointer);
  }

  @ParameterizedTest
  @MethodSource("faults")
  @Rejects(
      by = "RestrictAuthorizationDetails",
      value = {
        "RFC9396 2-1",
        "RFC9396 2.2-1",
        "RFC9396 3-1",
        "RFC9396 5-1",
        "RFC9396 5-2",
        "RFC9396 12-2"
      })
  @Rejects(
      by = "DetailsCheck",
      value = {"RFC9396 2-1", "RFC9396 2.2-1", "RFC9396 5-1", "RFC9396 5-2", "RFC9396 12-2"})
  @Rejects(by = "AuthorizationDetailsType", value = "RFC9396 2.1-1")
  @Rejects(by = "CommonFields", value = "RFC9396 2.2-1")
  @Rejects(by = "InvalidAuthorizationDetails", value = "RFC9396 5-2")
  void rejectsWhatTheTypesDoNotTake(String json, String pointer) {
    for (FapiClient client : new FapiClient[] {plain, signing}) {
      HttpExchange answer =
          client.par().with(Details.PARAMETER, json).expectError(400, Details.INVALID);

      assertThat(answer.json().path("error_description").asText())
          .contains("is wrong at " + pointer + ":", "fapi2-restrict-authorization-details")
          .doesNotContain("1e5", "2031-02-29");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "7",
        "\"[]\"",
        "[7]",
        "[[]]",
        "[null]",
        "[{}",
        "[{}] []",
        "[{\"type\":\"payment_initiation\",\"type\":\"payment_initiation\"}]",
        "[{\"type\":\"payment_initiation\",\"identifier\":1e999999999}]"
      })
  @Rejects(
      by = "RestrictAuthorizationDetails",
      value = {"RFC9396 2-1", "RFC9396 5-2"})
  @Rejects(
      by = "DetailsCheck",
      value = {"RFC9396 2-1", "RFC9396 5-2"})
  @Rejects(by = "InvalidAuthorizationDetails", value = "RFC9396 5-2")
  void rejectsWhatIsNoArrayOfObjects(String json) {
    plain.par().with(Details.PARAMETER, json).expectError(400, Details.INVALID);
    // The client's JSON library can neither repeat a member nor say null.
    if (!json.contains("type\"") && !json.equals("null")) {
      signing.par().with(Details.PARAMETER, json).expectError(400, Details.INVALID);
    }
  }

  @Test
  @Rejects(by = "RestrictAuthorizationDetails", value = "RFC9396 5-2")
  @Rejects(by = "DetailsCheck", value = "RFC9396 5-2")
  @Rejects(by = "InvalidAuthorizationDetails", value = "RFC9396 5-2")
  void namesTheLimitThatIsExceeded() {
    ObjectNode[] many = new ObjectNode[11];
    Arrays.setAll(many, i -> Details.payment());
    ObjectNode nested = nested(30);

    assertThat(description(Details.list(many))).contains("more than 10 objects");
    assertThat(description(Details.wrong(d -> d.put("creditorName", "A".repeat(10_000)))))
        .contains("more than 10000 characters");
    assertThat(description(Details.list(nested))).contains("nested too deeply");
    realm.configure("fapi2-restrict-authorization-details", Map.of("maxObjects", "1"));
    try {
      assertThat(description(Details.list(Details.payment(), Details.accounts())))
          .contains("more than 1 objects");
    } finally {
      realm.configure("fapi2-restrict-authorization-details", Map.of("maxObjects", "10"));
    }
  }

  private static ObjectNode nested(int depth) {
    ObjectNode detail = Details.payment();
    ObjectNode inner = detail;
    for (int i = 0; i < depth; i++) {
      inner = inner.putObject("a");
    }
    return detail;
  }

  private static String description(String json) {
    return plain
        .par()
        .with(Details.PARAMETER, json)
        .expectError(400, Details.INVALID)
        .json()
        .path("error_description")
        .asText();
  }

  @Test
  @Accepts(by = "RestrictAuthorizationDetails", value = "RFC9396 3-1")
  void takesMoreThanKeycloakWould() {
    ObjectNode[] details = new ObjectNode[10];
    Arrays.setAll(details, i -> Details.payment());

    assertThat(Details.list(details)).hasSizeGreaterThan(2000);
    plain.par().with(Details.PARAMETER, Details.list(details)).expect();
  }

  @Test
  @Rejects(by = "RequestedDetails", value = "RFC9396 3-1")
  void rejectsDetailsBesideARequestObject() {
    signing
        .par()
        .beside(Details.PARAMETER, Details.list(Details.payment()))
        .expectError(400, Details.INVALID);
  }
}
