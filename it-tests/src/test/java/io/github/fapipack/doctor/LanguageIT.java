package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin API says what is wrong, and what to do, in the language that a request asks for. */
class LanguageIT {
  private static final String SARIF = "application/sarif+json";

  @FapiRealm(FapiRealm.LEGACY_BANK)
  private static TestRealm legacy;

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  @ParameterizedTest
  @ValueSource(strings = {"de", "es", "pt-BR", "ja", "ar"})
  void reportsEveryFindingInTheLanguage(String language) {
    for (JsonNode finding : findings(language)) {
      assertThat(finding.has("english")).as(finding.toString()).isFalse();
    }
  }

  @Test
  void translatesWordsAndLeavesValues() {
    assertThat(problems("de"))
        .anyMatch(problem -> problem.startsWith("keine eingeschaltete Policy hält jeden Client"))
        .anyMatch(problem -> problem.contains("RS256"));
    assertThat(problems("ar")).anyMatch(problem -> problem.contains("الملف التعريفي"));
    assertThat(problems("pt")).isEqualTo(problems("pt-BR"));
    // Who asks for nothing, or for a language that there is not, gets English as ever.
    assertThat(problems(null))
        .isEqualTo(problems("sv, en;q=0.5, de;q=0.1"))
        .isEqualTo(problems("x-made-up"))
        .anyMatch(problem -> problem.startsWith("no enabled policy covers every client"));
    assertThat(legacy.admin().get(report(), SARIF, "de").body())
        .contains("no enabled policy covers every client");
  }

  @ParameterizedTest
  @CsvSource({
    "de, PKCE ist erforderlich, senden Sie code_challenge_method S256, Verlangt PKCE mit",
    "ar, PKCE إلزامي, أرسِل code_challenge_method S256, تشترط PKCE مع"
  })
  void explainsARefusal(String language, String seen, String remedy, String wanted) {
    FapiClient client = TestClient.in(realm).register();
    client
        .par()
        .without("code_challenge")
        .without("code_challenge_method")
        .expectError("invalid_request");

    JsonNode refusal =
        realm
            .admin()
            .get("/" + realm.name() + "/fapi/refusals", "application/json", language)
            .json()
            .path("refusals")
            .path(0);

    assertThat(refusal.path("seen").asText()).isEqualTo(seen);
    assertThat(refusal.path("remedy").asText()).isEqualTo(remedy);
    assertThat(refusal.path("wanted").asText()).startsWith(wanted);
    assertThat(refusal.has("english")).isFalse();
  }

  @Test
  void saysWhyItRefusesACall() {
    AdminResponse refused =
        realm
            .admin()
            .get("/" + realm.name() + "/fapi/report?client=nobody", "application/json", "de");

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.json().path("errorMessage").asText())
        .isEqualTo("der Realm hat keinen solchen Client");
  }

  private static String report() {
    return "/" + legacy.name() + "/fapi/report";
  }

  private static List<JsonNode> findings(String language) {
    JsonNode report =
        legacy.admin().get(report(), "application/json", language).json().path("findings");
    return StreamSupport.stream(report.spliterator(), false).toList();
  }

  private static List<String> problems(String language) {
    return findings(language).stream()
        .map(finding -> finding.path("problem").asText())
        .sorted()
        .toList();
  }
}
