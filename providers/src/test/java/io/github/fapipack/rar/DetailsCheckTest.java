package io.github.fapipack.rar;

import static io.github.fapipack.rar.RestrictAuthorizationDetails.STANDARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.Garbage;
import io.github.fapipack.approval.AuthorizationDetails;
import io.github.fapipack.approval.InvalidAuthorizationDetails;
import io.github.fapipack.rule.Refusal;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Whatever a stranger sends is taken, or refused with the one error there is for it. */
class DetailsCheckTest {
  private static final AuthorizationDetailsTypes TYPES =
      AuthorizationDetailsTypes.read(
          "realm", Map.of(), new TypeFolder.Content(Map.of(), Set.of(), List.of()));

  private static final DetailsCheck CHECK = new DetailsCheck(TYPES, Optional.empty(), STANDARD);

  @Provide
  Arbitrary<String> garbage() {
    return Arbitraries.oneOf(
        Garbage.text(
            "[",
            "]",
            "{",
            "}",
            ",",
            "\"type\":",
            "\"payment_initiation\"",
            "\"a\":",
            "1e999",
            "\\u0000"),
        Garbage.object(
                "type",
                "actions",
                "instructedAmount",
                "creditorName",
                "creditorAccount",
                "requestedExecutionDate",
                "locations")
            .map(object -> "[" + object + "]"),
        Garbage.object("actions", "accounts", "recurring", "frequencyPerDay", "validTo")
            .map(
                object ->
                    "[" + object.replaceFirst("\\{", "{\"type\":\"account_information\",") + "]"));
  }

  @Property(tries = 5000)
  void neverFailsOtherwise(@ForAll("garbage") String json) {
    try {
      CHECK.check(json);
    } catch (Refusal refusal) {
      assertThat(refusal.getError()).isEqualTo(InvalidAuthorizationDetails.CODE);
      assertThat(refusal.getErrorDetail()).matches("[\\x20-\\x7e&&[^\"\\\\]]{10,1700}");
    }
  }

  @Property(tries = 2000)
  void narrowingNeverFailsOtherwise(@ForAll("garbage") String json) {
    try {
      new Narrowing(TYPES)
          .narrow(
              DetailsCheck.read(json, STANDARD),
              AuthorizationDetails.parse("[" + ShippedTypesTest.PAYMENT + "]"));
    } catch (Refusal refusal) {
      assertThat(refusal.getError()).isEqualTo(InvalidAuthorizationDetails.CODE);
    }
  }

  @Test
  void refusesWhatNestsOrCountsWithoutEnd() {
    for (String json :
        new String[] {
          Garbage.nested(9_000),
          Garbage.nested(5_000_000),
          "[{\"type\":\"payment_initiation\",\"identifier\":" + "9".repeat(900) + "}]",
          "[{\"type\":\"account_information\",\"actions\":[\"list_accounts\"],"
              + "\"frequencyPerDay\":1e999999999}]",
          "[{\"type\":\"" + "x".repeat(9_000) + "\"}]",
          "[{\"type\":\"payment_initiation\",\"" + "x".repeat(9_000) + "\":1}]",
          "[{\"type\":\"payment_initiation\",\"creditorName\":\"\\ud800\"}]",
          "[{\"type\":\"payment_initiation\",\"cred\\u202eitorName\":\"\"}]"
        }) {
      assertThat(refusal(CHECK, json)).isNotNull().hasSizeLessThan(400);
    }
  }

  @Test
  void knowsWhichTypesAClientMayUse() {
    DetailsCheck restricted =
        new DetailsCheck(TYPES, Optional.of(Set.of("patient_record")), STANDARD);

    assertThat(refusal(restricted, "[" + ShippedTypesTest.RECORD + "]")).isNull();
    assertThat(
            refusal(
                restricted, "[" + ShippedTypesTest.RECORD + "," + ShippedTypesTest.PAYMENT + "]"))
        .contains("/1/type", "not registered for this client");
    assertThat(refusal(restricted, "[{\"type\":\"nonsense\"}]"))
        .contains("patient_record")
        .doesNotContain("payment_initiation");
  }

  @Test
  void namesAllFaultsAtOnce() {
    String wrong =
        ShippedTypesTest.PAYMENT
            .replace("creditorName", "name")
            .replace("DE02100100109307118603", "DE");

    assertThat(refusal(CHECK, "[" + wrong + ",{\"type\":\"nonsense\"}]"))
        .contains(
            "at /0/creditorName: the member is missing",
            "at /0/name: its type has no such member",
            "at /0/creditorAccount/iban: must hold",
            "at /1/type: it is not known here")
        .doesNotContain("more");
  }

  @Test
  void namesTheFirstOfManyFaults() {
    DetailsCheck large =
        new DetailsCheck(
            TYPES, Optional.empty(), new RestrictAuthorizationDetails.Limits(10, 40_000, 10));
    StringBuilder members = new StringBuilder("{\"type\":\"payment_initiation\"");
    for (int i = 0; i < 150; i++) {
      members.append(",\"").append("x".repeat(200)).append(i).append("\":1");
    }

    String sentence = refusal(large, "[" + members + "}]");

    assertThat(sentence).contains(" more").hasSizeLessThan(2000);
    assertThat(sentence.split(" at /0", -1)).hasSize(11);
  }

  private static String refusal(DetailsCheck check, String json) {
    try {
      check.check(json);
      return null;
    } catch (Refusal e) {
      return e.getErrorDetail();
    }
  }

  @Test
  void numbersKeepTheirDigits() {
    assertThat(AuthorizationDetails.parse("[{\"amount\":1.10}]").toString()).contains("1.10");
  }

  @Test
  void checksTheSameDetailsOnceInARequest() throws Refusal {
    String json = "[" + ShippedTypesTest.PAYMENT + "]";
    KeycloakSession session = session();
    ClientModel client = client("payment_initiation");

    List<ObjectNode> checked = DetailsCheck.check(session, client, STANDARD, json);

    assertThat(DetailsCheck.check(session, client, STANDARD, json)).isSameAs(checked);
    assertThat(DetailsCheck.check(session(), client, STANDARD, json)).isNotSameAs(checked);
  }

  @Test
  void checksAgainWhatAnotherCheckHasPassed() throws Refusal {
    String json = "[" + ShippedTypesTest.PAYMENT + "]";
    KeycloakSession session = session();
    DetailsCheck.check(session, client("payment_initiation"), STANDARD, json);

    assertThatThrownBy(
            () -> DetailsCheck.check(session, client("account_information"), STANDARD, json))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(
            () ->
                DetailsCheck.check(
                    session,
                    client("payment_initiation"),
                    new RestrictAuthorizationDetails.Limits(10, 100, 10),
                    json))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(
            () -> DetailsCheck.check(session, client("payment_initiation"), STANDARD, "[{}]"))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void refusesWhatItHasRefusedBefore() {
    KeycloakSession session = session();
    ClientModel client = client("payment_initiation");

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> DetailsCheck.check(session, client, STANDARD, "[{}]"))
          .isInstanceOf(Refusal.class);
    }
  }

  @Test
  void parsesTheParameterOfATokenRequestOnce() throws Refusal {
    String json = "[" + ShippedTypesTest.PAYMENT + "]";
    KeycloakSession session = session();

    List<ObjectNode> parsed = DetailsCheck.parse(session, json);

    assertThat(DetailsCheck.parse(session, json)).isSameAs(parsed);
    assertThat(DetailsCheck.parse(session, "[]")).isEmpty();
    assertThat(DetailsCheck.parse(session(), json)).isNotSameAs(parsed);
  }

  /** A session of a realm without types of its own. */
  private static KeycloakSession session() {
    Map<Object, Object> attributes = new HashMap<>();
    RealmModel realm =
        fake(
            RealmModel.class,
            (method, arguments) -> method.equals("getAttributes") ? Map.of() : "realm");
    KeycloakContext context = fake(KeycloakContext.class, (method, arguments) -> realm);
    return fake(
        KeycloakSession.class,
        (method, arguments) ->
            switch (method) {
              case "getContext" -> context;
              case "setAttribute" -> attributes.put(arguments[0], arguments[1]);
              default -> attributes.get(arguments[0]);
            });
  }

  private static ClientModel client(String type) {
    return fake(
        ClientModel.class,
        (method, arguments) -> method.equals("getAttribute") ? type : Stream.empty());
  }

  private static <T> T fake(Class<T> type, BiFunction<String, Object[], Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            DetailsCheckTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.apply(method.getName(), arguments)));
  }
}
