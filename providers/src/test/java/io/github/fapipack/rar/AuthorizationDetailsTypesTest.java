package io.github.fapipack.rar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.AuthorizationDetails;
import io.github.fapipack.approval.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where types are found, which comes first, and that a bad one does no harm. */
class AuthorizationDetailsTypesTest {
  private static final TypeFolder.Content NO_FOLDER =
      new TypeFolder.Content(Map.of(), Set.of(), List.of());

  private static AuthorizationDetailsTypes types(Map<String, String> attributes) {
    return AuthorizationDetailsTypes.read("realm", attributes, NO_FOLDER);
  }

  @Test
  void aRealmAddsOverridesAndRestricts() {
    String own = "{\"schema\":{\"required\":[\"a\"]},\"messages\":{\"pt-BR\":{\"title\":\"T\"}}}";

    AuthorizationDetailsTypes found =
        types(
            Map.of(
                "fapi.authorization-details.https://x.example/files", own,
                "fapi.authorization-details.payment_initiation", own,
                "fapi.authorization-details-types",
                    "payment_initiation  https://x.example/files missing"));

    assertThat(found.ids()).containsExactly("https://x.example/files", "payment_initiation");
    assertThat(found.findings()).singleElement().asString().contains("no type missing");
    AuthorizationDetailsType type = found.find("payment_initiation").orElseThrow();
    assertThat(type.isTrusted()).isFalse();
    assertThat(type.messages(Locale.forLanguageTag("pt-BR"))).containsEntry("title", "T");
    assertThat(type.messages(Locale.ENGLISH)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "{}",
        "{\"schema\":true}",
        "{\"schema\":{},\"schema\":{}}",
        "{\"schema\":{\"type\":\"strng\"}}",
        "{\"schema\":{\"pattern\":\"(\"}}",
        "{\"schema\":{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}}",
        "{\"schema\":{\"$ref\":\"http://127.0.0.1:1/schema\"}}",
        "{\"schema\":{\"$ref\":\"file:///etc/passwd\"}}",
        "{\"schema\":{\"$ref\":\"classpath:fapi-profiles/fapi-ciba.json\"}}",
        "{\"schema\":{\"$ref\":\"classpath:draft/2020-12/../../fapi-profiles/fapi-ciba.json\"}}",
        "{\"schema\":{\"properties\":{\"a\":{\"$ref\":\"#/$defs/none\"}}}}",
        "{\"schema\":{\"x-fapi\":{\"divisble\":true}}}",
        "{\"schema\":{\"x-fapi\":{\"divisible\":\"yes\"}}}",
        "{\"schema\":{\"x-fapi\":{\"expires\":\"validTo\"}}}",
        "{\"schema\":{\"x-fapi\":{\"narrow\":{\"/a\":\"less\"}}}}",
        "{\"schema\":{\"x-fapi\":{\"choose\":{\"member\":\"/a\"}}}}",
        "{\"schema\":{\"x-fapi\":{\"choose\":{\"userAttribute\":\"a\"}}}}",
        "{\"schema\":{\"x-fapi\":{\"type\":\"another\"}}}",
        "{\"schema\":{\"x-fapi\":[]}}"
      })
  void aBadTypeIsSaidAndNotUsed(String document) {
    AuthorizationDetailsTypes found =
        types(Map.of("fapi.authorization-details.payment_initiation", document));

    assertThat(found.find("payment_initiation")).isEmpty();
    assertThat(found.find("patient_record")).isPresent();
    assertThat(found.findings())
        .singleElement()
        .asString()
        .startsWith("realm attribute fapi.authorization-details.payment_initiation: ")
        .doesNotContain("Exception");
  }

  @Test
  void aTypeOfARealmCanBeTooLong() {
    String document = "{\"schema\":{\"title\":\"" + "x".repeat(100_000) + "\"}}";

    assertThat(types(Map.of("fapi.authorization-details.x", document)).findings())
        .singleElement()
        .asString()
        .contains("longer than 100000 characters");
  }

  @Test
  void aFolderAddsAndOverrides(@TempDir Path folder) throws IOException {
    TypeFolder.use(folder);
    try {
      assertThat(TypeFolder.content().types()).isEmpty();
      Path type = Files.createDirectories(folder.resolve("payment_initiation"));
      Files.writeString(type.resolve("schema.json"), "{\"required\":[\"a\"]}");
      Files.writeString(type.resolve("messages_ja.properties"), "title=支払い");
      Files.createDirectories(folder.resolve("bad"));
      Files.writeString(folder.resolve("bad/schema.json"), "{");
      TypeFolder.use(folder);

      AuthorizationDetailsTypes found =
          AuthorizationDetailsTypes.read("realm", Map.of(), TypeFolder.content());

      ObjectNode empty = AuthorizationDetails.parse("[{}]").get(0);
      assertThat(found.find("payment_initiation").orElseThrow().faults(empty))
          .contains(new Fault("/a", "the member is missing"));
      assertThat(found.find("payment_initiation").orElseThrow().messages(Locale.JAPANESE))
          .containsEntry("title", "支払い");
      assertThat(found.findings()).singleElement().asString().contains("folder bad");
      assertThat(TypeFolder.content()).isSameAs(TypeFolder.content());
    } finally {
      TypeFolder.use(null);
    }
  }
}
