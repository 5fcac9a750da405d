package io.github.fapipack.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EcosystemDocumentTest {

  private static final String UK = EcosystemDocument.resource("open-banking-uk.json");

  static List<String> shipped() {
    return EcosystemProfiles.SHIPPED;
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void readsEachProfileOfThePack(String id) {
    EcosystemProfile profile = EcosystemDocument.read(EcosystemDocument.resource(id + ".json"));
    assertThat(profile.id()).isEqualTo(id);
    if (profile.registration().mode() != RegistrationRules.Mode.CLOSED) {
      assertThat(profile.directory().statement().algorithms()).isNotEmpty();
    }
  }

  @Test
  void onlyAnEcosystemThatAdministratorsFillNeedsNoDirectory() {
    String closed =
        "{\"id\": \"a\", \"name\": \"A\", \"version\": \"1\","
            + " \"registration\": {\"mode\": \"closed\"}}";

    assertThat(EcosystemDocument.read(closed).directory().status()).isNull();
    assertThatThrownBy(() -> EcosystemDocument.read(closed.replace("closed", "ssa-json")))
        .hasMessage(
            "directory and statement are missing; only registration.mode closed does without them");
  }

  @Test
  void everyProfileOfThePackIsListed() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/fapi-ecosystems"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".json") && !name.equals("schema.json"))
          .extracting(name -> name.replace(".json", ""))
          .containsExactlyInAnyOrderElementsOf(EcosystemProfiles.SHIPPED);
    }
  }

  @Test
  void takesWhatAFileLeavesOutFromTheDefaults() {
    EcosystemProfile profile = EcosystemDocument.read(UK);
    assertThat(profile.statement().roles().get(0).active()).isEmpty();
    assertThat(profile.registration().duplicateError()).isEqualTo("invalid_software_statement");
    assertThat(profile.certificate().match().get(1).anyOf().get(0).prefix()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"mode\": \"ssa-jwt\" | \"mode\": \"ssa-json\" | registration.request belongs",
        "\"mode\": \"ssa-jwt\" | \"mode\": \"anything\" | /registration/mode breaks enum",
        "\"max_age\": 1800 | \"max_age\": 0 | /registration/request/max_age breaks minimum",
        "\"once\": true | \"twice\": true | there is no member twice",
        "\"PS256\", \"ES256\" | \"none\" | breaks enum",
        "\"id\": \"open-banking-uk\" | \"id\": \"Open Banking\" | /id breaks pattern",
        "\"issuer\": \"OpenBanking Ltd\", | `` | directory.issuer is missing",
        "https://keystore | http://keystore | /directory/jwks_uri breaks pattern",
        "\"id\": \"open-banking-uk\" | \"id\": \"a\", \"id\": \"b\" | not valid JSON",
      })
  void saysWhatIsWrong(String was, String is, String sentence) {
    String altered = UK.replace(was, is == null ? "" : is).replaceAll("\\s+", " ");
    assertThat(altered).isNotEqualTo(UK.replaceAll("\\s+", " "));
    assertThatThrownBy(() -> EcosystemDocument.read(altered))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void knowsThatAnAnchorIsNoCertificate() {
    String altered =
        UK.replace(
            "\"certificate\": {",
            "\"certificate\": { \"anchors\":"
                + " [\"-----BEGIN CERTIFICATE-----\\nMAAA\\n-----END CERTIFICATE-----\"],");
    assertThat(altered).isNotEqualTo(UK);
    assertThatThrownBy(() -> EcosystemDocument.read(altered))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("certificate.anchors has something that is not a certificate");
  }

  @Test
  void findsValuesAtAPath() throws Exception {
    var document =
        new ObjectMapper()
            .readTree("{\"a\": [{\"b\": \"1\"}, {\"b\": \"2\"}, {}], \"c\": \"3\", \"d\": null}");
    assertThat(new MemberPath("/a/*/b").all(document))
        .extracting(v -> v.asText())
        .containsExactly("1", "2");
    assertThat(new MemberPath("/c/*").all(document))
        .extracting(v -> v.asText())
        .containsExactly("3");
    assertThat(new MemberPath("/d").all(document)).isEmpty();
    assertThat(new MemberPath("/a/*/b").text(document)).isEmpty();
    assertThat(new MemberPath("/c").text(document)).contains("3");
    assertThat(new MemberPath("/a/*/b").name()).isEqualTo("b");
    assertThat(new MemberPath("/software_roles/*").name()).isEqualTo("software_roles");
  }
}
