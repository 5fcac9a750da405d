package io.github.fapipack.resourceserver.details;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetailTypesTest {
  private static final String LIMIT =
      "{\"x-fapi\":{\"type\":\"urn:x:limit:v1\",\"narrow\":{\"/limit\":\"atMost\"}}}";

  @TempDir Path folder;

  @Test
  void theShippedTypesAreThoseOfTheAuthorizationServer() throws IOException {
    assertThat(DetailTypes.shipped().names())
        .containsExactly("account_information", "patient_record", "payment_initiation");
    Path theirs = Path.of("../src/main/resources/fapi-authorization-details");
    assertThat(DetailTypes.of(theirs).names()).isEqualTo(DetailTypes.shipped().names());
    for (String name : DetailTypes.shipped().names()) {
      assertThat(DetailTypes.shipped().find(name)).isEqualTo(DetailTypes.of(theirs).find(name));
      assertThat(DetailTypes.shipped().find(name).comparisons()).isNotEmpty();
    }
  }

  @Test
  void theTypesOfOurEcosystemsCanBeRead() throws IOException {
    assertThat(DetailTypes.of(Path.of("../../realm-exports/src/open-finance-uae")).names())
        .hasSize(3)
        .allSatisfy(name -> assertThat(name).startsWith("urn:openfinanceuae:"));
  }

  @Test
  void aTypeIsReadFromAStreamAFileOrAFolder() throws IOException {
    Path own = Files.createDirectory(folder.resolve("limit"));
    Path file = Files.writeString(own.resolve("schema.json"), LIMIT);
    byte[] bytes = LIMIT.getBytes(StandardCharsets.UTF_8);
    assertThat(DetailTypes.of(new ByteArrayInputStream(bytes)).names())
        .isEqualTo(DetailTypes.of(file).names())
        .isEqualTo(DetailTypes.of(own).names())
        .isEqualTo(DetailTypes.of(folder).names())
        .containsExactly("urn:x:limit:v1");
  }

  @Test
  void aTypeWithoutANameHasThatOfItsFolder() throws IOException {
    Path own = Files.createDirectory(folder.resolve("limit"));
    Files.writeString(own.resolve("schema.json"), "{}");
    assertThat(DetailTypes.of(folder).names()).containsExactly("limit");
    assertThatThrownBy(
            () -> DetailTypes.of(new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x-fapi.type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "",
        "{\"x-fapi\":{\"type\":\"t\",\"narrow\":{\"/a\":\"around\"}}}",
        "{\"x-fapi\":{\"type\":\"t\",\"narrow\":{\"a\":\"atMost\"}}}"
      })
  void aFileThatIsNoTypeIsRefused(String schema) throws IOException {
    Path file = Files.writeString(folder.resolve("schema.json"), schema);
    assertThatThrownBy(() -> DetailTypes.of(file)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anotherTypeOfTheSameNameReplacesIt() throws IOException {
    Path file = Files.writeString(folder.resolve("schema.json"), LIMIT);
    String equal = "{\"x-fapi\":{\"type\":\"urn:x:limit:v1\"}}";
    DetailTypes both =
        DetailTypes.of(file)
            .and(DetailTypes.of(new ByteArrayInputStream(equal.getBytes(StandardCharsets.UTF_8))));
    assertThat(both.find("urn:x:limit:v1").comparisons()).isEmpty();
  }
}
