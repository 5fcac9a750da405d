package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An undo document is taken only as apply has answered it, and for what it may change. */
class ForgedUndoIT {
  @FapiRealm(FapiRealm.LEGACY_BANK)
  private static TestRealm realm;

  private static Doctor doctor;
  private static ObjectNode applied;

  /** A copy, which a test may change. */
  private final ObjectNode undo = applied.deepCopy();

  @BeforeAll
  static void applyProfile() {
    doctor = Doctor.of(realm);
    applied = (ObjectNode) doctor.apply("").path("undo");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "{", "null", "7", "{\"version\":1}", "{\"version\":2,\"changes\":[]}"})
  void refusesWhatIsNoUndoDocument(String body) {
    JsonNode sent = JsonNodeFactory.instance.rawValueNode(new RawValue(body));

    assertRefused(doctor.send("POST", "undo", sent));
  }

  @Test
  void refusesAnEmptyBody() {
    assertRefused(doctor.send("POST", "undo", null));
  }

  static Stream<Consumer<ObjectNode>> forgeries() {
    return Stream.of(
        undo -> undo.put("realmId", "another"),
        undo -> undo.putObject("changes"),
        undo -> undo.withArray("changes").add(7),
        undo -> change(undo, "client").remove("where"),
        undo -> change(undo, "client").withObject("/where").put("pointer", "/secret"),
        undo -> forge(undo, "/redirectUris").withArray("before").add("https://attacker.example/cb"),
        undo -> forge(undo, "/attributes/policyUri").put("before", "javascript:alert(1)"),
        undo -> forge(undo, "/attributes/tosUri").put("before", "\tjava\nscript:alert(1)"),
        undo -> forge(undo, "/attributes/policyUri").put("before", "\u0001javascript:alert(1)"),
        undo -> forge(undo, "/attributes/tosUri").put("before", "java\u0000script:alert(1)"),
        undo -> forge(undo, "/attributes/logoUri").put("before", "not a URL"),
        undo ->
            forge(undo, "/attributes/post.logout.redirect.uris")
                .put("before", "+##javascript:alert(1)"),
        undo -> forge(undo, "/attributes/acr.loa.map").put("before", "{"),
        undo -> change(undo, "realm").put("before", -1),
        undo -> forge(undo, "/attributes/jwks.url").put("before", "https://attacker.example/"),
        undo -> change(undo, "client").withObject("/where").put("kind", "server"),
        undo -> change(undo, "client").withObject("/where").put("kind", "planet"),
        undo -> change(undo, "client").put("extra", true),
        undo -> change(undo, "client").putObject("before"),
        undo -> change(undo, "realm").put("before", "planet"),
        undo -> change(undo, "realm").putNull("before"),
        undo -> change(undo, "realm").put("before", 1.5),
        undo -> change(undo, "key").put("before", "x"),
        undo -> change(undo, "policy").put("after", "x"));
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void refusesWhatSomebodyHasTamperedWith(Consumer<ObjectNode> forgery) {
    forgery.accept(undo);
    JsonNode before = doctor.export();

    AdminResponse answer = doctor.send("POST", "undo", undo);

    assertThat(answer.status()).isIn(400, 409);
    assertThat(answer.json().path("errorMessage").asText()).isNotBlank();
    assertThat(Exports.differences(doctor.export(), before)).isEmpty();
  }

  /** Adds something to be written to a client where there is nothing now. */
  private static ObjectNode forge(ObjectNode undo, String pointer) {
    ObjectNode forged = change(undo, "client").deepCopy();
    forged.withObject("/where").put("pointer", pointer);
    forged.putNull("after").remove("before");
    undo.withArray("changes").add(forged);
    return forged;
  }

  private static ObjectNode change(ObjectNode undo, String kind) {
    return (ObjectNode)
        Doctor.list(undo.path("changes")).stream()
            .filter(change -> change.at("/where/kind").asText().equals(kind))
            .findFirst()
            .orElseThrow();
  }

  private static void assertRefused(AdminResponse answer) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("errorMessage").asText()).isNotBlank();
  }
}
