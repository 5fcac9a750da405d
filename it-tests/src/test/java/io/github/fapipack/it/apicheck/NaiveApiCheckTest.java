package io.github.fapipack.it.apicheck;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the check finds in an API that takes every token with a good signature. */
class NaiveApiCheckTest {
  @TempDir private static Path folder;
  private static CheckCommand command;
  private static JsonNode json;
  private static List<String> audiences;

  @BeforeAll
  static void attack() throws IOException {
    try (SmallIssuer issuer = new SmallIssuer();
        NaiveApi api = NaiveApi.start(issuer::keys)) {
      command =
          CheckCommand.run(
              "--url=" + api.accounts(),
              "--client-keys=" + issuer.client(folder, "client"),
              "--other-client=" + issuer.client(folder, "other"),
              "--other-audience=https://another.example",
              "--wrong-scope=nothing",
              "--rate=20",
              "--json=" + folder.resolve("r.json"),
              "--sarif=" + folder.resolve("r.sarif"),
              "--junit=" + folder.resolve("r.xml"));
      audiences = issuer.audiences();
    }
    json = Json.read(folder.resolve("r.json"));
  }

  @Test
  void findsTheHoles() {
    assertThat(command.status()).as(command.toString()).isEqualTo(1);
    assertThat(ids("passed-through"))
        .hasSizeGreaterThanOrEqualTo(30)
        .contains(
            "token-in-query",
            "token-in-query-too",
            "token-in-body",
            "token-in-cookie",
            "token-two-schemes",
            "token-other-scheme",
            "proof-missing",
            "bearer-downgrade",
            "bearer-with-proof",
            "proof-twice",
            "proof-replayed",
            "proof-replayed-at-once",
            "proof-other-key",
            "proof-alg-none",
            "proof-hs256",
            "proof-rs256",
            "proof-private-key",
            "proof-htm-other",
            "proof-htu-host",
            "proof-htu-path",
            "proof-stale",
            "proof-future",
            "proof-ath-missing",
            "proof-ath-other",
            "proof-jti-missing",
            "proof-jti-huge",
            "proof-typ-other",
            "header-forwarded-host",
            "header-proof-method",
            "other-audience",
            "wrong-scope",
            "other-client-token",
            "other-key-token");
    assertThat(audiences).contains("https://another.example");
  }

  @Test
  void doesNotAccuseItOfWhatItRefuses() {
    assertThat(ids("passed-through"))
        .doesNotContain(
            "no-token",
            "token-garbage",
            "jwt-alg-none",
            "jwt-other-key",
            "jwt-altered-claim",
            "jwt-hs256-pem",
            "jwt-key-in-header",
            "path-trailing-slash",
            "header-identity");
    assertThat(ids("accepted")).contains("legal-scheme-lower-case", "legal-htu-host-case");
  }

  @Test
  void aRevokedTokenThatPassesIsANote() {
    assertThat(ids("notable")).contains("revoked-token");
  }

  @Test
  void nothingIsLeftOutSilently() {
    assertThat(all().map(r -> r.path("id").asText()).toList()).isEqualTo(Catalogue.ids());
    assertThat(all().filter(r -> r.path("verdict").asText().equals("skipped")))
        .isNotEmpty()
        .allMatch(r -> !r.path("seen").asText().isEmpty());
  }

  @Test
  void saysWhereItSendsToBeforeItDoes() {
    assertThat(command.out())
        .containsSubsequence(
            "Tokens come from https://localhost:",
            "Attacks go to http://localhost:",
            "The honest request passes: 200");
  }

  @Test
  void eachFindingHasAClauseAndAFix() throws IOException {
    JsonNode run = Json.read(folder.resolve("r.sarif")).path("runs").path(0);
    Set<String> found =
        StreamSupport.stream(run.path("results").spliterator(), false)
            .map(r -> r.path("ruleId").asText())
            .collect(Collectors.toSet());
    assertThat(found)
        .containsAll(ids("passed-through"))
        .doesNotContainAnyElementsOf(ids("refused"));
    assertThat(run.path("results"))
        .allMatch(r -> r.path("message").path("text").asText().contains("What to do: "));
    String junit = Files.readString(folder.resolve("r.xml"));
    assertThat(junit).startsWith("<?xml").contains("<failure message=\"PASSED THROUGH: 200");
  }

  private static Set<String> ids(String verdict) {
    return all()
        .filter(result -> result.path("verdict").asText().equals(verdict))
        .map(result -> result.path("id").asText())
        .collect(Collectors.toSet());
  }

  private static java.util.stream.Stream<JsonNode> all() {
    return StreamSupport.stream(json.path("results").spliterator(), false);
  }
}
