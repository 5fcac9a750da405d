package io.github.fapipack.authz;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What passes through a real nginx that asks fapi-authz, and what callers get. */
class NginxTest {
  @TempDir static Path folder;

  private static GuardedApi guarded;

  @BeforeAll
  static void start() throws Exception {
    guarded = new GuardedApi(folder);
  }

  @AfterAll
  static void stop() {
    guarded.close();
  }

  @Test
  void theApiGetsTheRequestAndWhoSendsIt() throws Exception {
    HttpResponse<String> answer =
        guarded.send(guarded.call("accounts", "GET", "/accounts/1?from=2026%2D01"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body().lines())
        .contains(
            "GET /accounts/1?from=2026%2D01",
            "x-fapi-subject: alice", "x-fapi-client: client-1", "x-fapi-scope: accounts")
        .noneMatch(line -> line.startsWith("authorization:") || line.startsWith("dpop:"));
    assertThat(answer.headers().firstValue("x-fapi-interaction-id")).isPresent();
  }

  @Test
  void theApiGetsTheContent() throws Exception {
    HttpRequest.Builder payment =
        guarded
            .call("payments", "POST", "/payments")
            .POST(BodyPublishers.ofString("{\"amount\":1}"));

    assertThat(guarded.send(payment).body().lines())
        .contains("POST /payments", "{\"amount\":1}", "x-fapi-subject: alice");
  }

  @Test
  void aRefusalReachesTheCallerWithItsChallengeOnce() throws Exception {
    HttpResponse<String> answer = guarded.send(guarded.get("/accounts"));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().allValues("WWW-Authenticate")).hasSize(1);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("DPoP ");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body()).startsWith("{").contains("error_description");
    assertThat(answer.headers().firstValue("x-fapi-interaction-id")).isPresent();
    assertThat(answer.headers().map()).doesNotContainKeys("x-fapi-status", "x-fapi-body");
  }

  @Test
  void everyStatusReachesTheCaller() throws Exception {
    HttpResponse<String> scope = guarded.send(guarded.call("payments", "GET", "/accounts"));

    assertThat(scope.statusCode()).isEqualTo(403);
    assertThat(scope.headers().firstValue("WWW-Authenticate").orElseThrow())
        .contains("insufficient_scope");
    assertThat(guarded.send(guarded.get("/nowhere")).statusCode()).isEqualTo(404);
    assertThat(guarded.send(guarded.get("/accounts/")).statusCode()).isEqualTo(400);
    assertThat(guarded.send(guarded.get("/accounts/")).body())
        .contains("must not end with a slash");
  }

  @Test
  void aProofIsGoodOnce() throws Exception {
    HttpRequest.Builder request = guarded.call("accounts", "GET", "/accounts");

    assertThat(guarded.send(request).statusCode()).isEqualTo(200);
    assertThat(guarded.send(request).statusCode()).isEqualTo(401);
  }

  @Test
  void theApisOwnRefusalsGoThrough() throws Exception {
    HttpResponse<String> own = guarded.send(guarded.call("accounts", "GET", "/accounts/own-401"));

    assertThat(own.statusCode()).isEqualTo(401);
    assertThat(own.body()).startsWith("GET /accounts/own-401");
  }

  @Test
  void theMetadataIsForEverybody() throws Exception {
    HttpResponse<String> metadata =
        guarded.send(guarded.get("/.well-known/oauth-protected-resource"));

    assertThat(metadata.statusCode()).isEqualTo(200);
    assertThat(metadata.body()).contains("\"resource\":");
  }

  @Test
  void nothingPassesWhileFapiAuthzIsDown() throws Exception {
    Path other = Files.createDirectory(folder.resolve("down"));
    guarded.server().write(other.resolve("server.crt"), other.resolve("server.key"));
    RunningAuthz gone = RunningAuthz.start(other, guarded.settings());
    gone.stop();
    int before = guarded.api().calls();
    try (RunningNginx alone = new RunningNginx(other, gone.address(), guarded.api().address())) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(RunningNginx.origin(alone.port()) + "/open")).build();

      HttpResponse<String> answer =
          guarded.http(guarded.certificate()).send(request, HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).contains("5");
      assertThat(guarded.api().calls()).isEqualTo(before);
    }
  }
}
