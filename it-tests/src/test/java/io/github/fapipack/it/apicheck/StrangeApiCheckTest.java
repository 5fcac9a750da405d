package io.github.fapipack.it.apicheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.LocalHttp;
import io.github.fapipack.it.jose.JwtText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** APIs that do not answer as one would expect. */
class StrangeApiCheckTest {
  private static final String CHALLENGE = "DPoP error=\"invalid_token\"";

  @TempDir private Path folder;
  private SmallIssuer issuer;

  @BeforeEach
  void open() {
    issuer = new SmallIssuer();
  }

  @AfterEach
  void close() {
    issuer.close();
  }

  private CheckCommand check(URI address, String only, String... more) throws IOException {
    List<String> usual =
        List.of(
            "--url=" + address,
            "--client-keys=" + issuer.client(folder, "client"),
            "--rate=20",
            "--timeout=2",
            "--json=" + folder.resolve("r.json"),
            "--only=" + only);
    return CheckCommand.run(CheckCommand.with(usual, more).toArray(String[]::new));
  }

  private String verdict(String id) {
    return StreamSupport.stream(
            Json.read(folder.resolve("r.json")).path("results").spliterator(), false)
        .filter(result -> result.path("id").asText().equals(id))
        .map(result -> result.path("verdict").asText())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void stopsIfTheHonestRequestDoesNotPass() throws IOException {
    try (ScriptedApi api =
        new ScriptedApi(e -> LocalHttp.answer(e, 403, "{\"error\":\"insufficient_scope\"}"))) {
      CheckCommand command = check(api.address(), "no-token");

      assertThat(command.status()).isEqualTo(3);
      assertThat(command.err())
          .contains("403 insufficient_scope", "Check --url")
          .doesNotContain("eyJ");
      assertThat(api.requests()).isEqualTo(1);
    }
  }

  @Test
  void stopsIfTheTokenIsNotBound() throws IOException {
    issuer.bindNothing();
    try (ScriptedApi api = new ScriptedApi(e -> LocalHttp.answer(e, 200, "{}"))) {
      CheckCommand command = check(api.address(), "no-token");

      assertThat(command.status()).isEqualTo(3);
      assertThat(command.err()).contains("not bound", "its type is Bearer");
      assertThat(api.requests()).isZero();
    }
  }

  @Test
  void stopsIfThereIsNoIssuer() throws IOException {
    Path file = issuer.client(folder, "client");
    issuer.close();

    CheckCommand command =
        CheckCommand.run("--client-keys=" + file, "--url=http://localhost:1/accounts");

    assertThat(command.status()).isEqualTo(3);
    assertThat(command.err()).contains("The issuer cannot be reached", "--trust");
  }

  @Test
  void answersTheApisNonces() throws IOException {
    AtomicBoolean met = new AtomicBoolean();
    try (ScriptedApi api =
        new ScriptedApi(
            e -> {
              String proof = e.getRequestHeaders().getFirst("DPoP");
              boolean good = proof != null && JwtText.decoded(proof).contains("\"nonce\":\"n-1\"");
              met.compareAndSet(false, good);
              e.getResponseHeaders().set("DPoP-Nonce", "n-1");
              e.getResponseHeaders().set("WWW-Authenticate", "DPoP error=\"use_dpop_nonce\"");
              LocalHttp.answer(e, good ? 200 : 401, "{}");
            })) {
      CheckCommand command =
          check(api.address(), "legal-clock,proof-nonce-missing,proof-nonce-invented");

      assertThat(met).isTrue();
      assertThat(command.status()).as("%s", command).isZero();
      assertThat(verdict("legal-clock")).isEqualTo("accepted");
      assertThat(verdict("proof-nonce-missing")).isEqualTo("refused");
      assertThat(verdict("proof-nonce-invented")).isEqualTo("refused");
    }
  }

  @Test
  void followsNoRedirect() throws IOException {
    try (ScriptedApi elsewhere = new ScriptedApi(e -> LocalHttp.answer(e, 200, "{}"));
        ScriptedApi api =
            ScriptedApi.withoutToken(
                e -> {
                  e.getResponseHeaders().set("Location", elsewhere.address().toString());
                  e.getResponseHeaders()
                      .set(
                          "WWW-Authenticate",
                          "DPoP resource_metadata=\"" + elsewhere.address() + "\"");
                  LocalHttp.answer(e, 302, "");
                })) {
      CheckCommand command = check(api.address(), "no-token,jwt-jku,jwt-x5u");

      assertThat(command.out()).contains("a redirect is no refusal");
      assertThat(verdict("no-token")).isEqualTo("wrong-answer");
      assertThat(elsewhere.requests()).isZero();
    }
  }

  @Test
  void aServerErrorIsNoRefusal() throws IOException {
    try (ScriptedApi api = ScriptedApi.withoutToken(e -> LocalHttp.answer(e, 500, "{}"))) {
      CheckCommand command = check(api.address(), "no-token", "--lenient");

      assertThat(command.status()).isEqualTo(1);
      assertThat(verdict("no-token")).isEqualTo("server-error");
    }
  }

  @Test
  void noAnswerInTimeIsNoRefusal() throws IOException {
    try (ScriptedApi api =
        ScriptedApi.withoutToken(
            e -> {
              Pace.pause(Duration.ofSeconds(4));
              LocalHttp.answer(e, 401, "{}");
            })) {
      check(api.address(), "no-token");

      assertThat(verdict("no-token")).isEqualTo("server-error");
    }
  }

  @Test
  void aWrongAnswerIsExcusedOnRequestOnly() throws IOException {
    try (ScriptedApi api = ScriptedApi.withoutToken(e -> LocalHttp.answer(e, 403, "{}"))) {
      assertThat(check(api.address(), "no-token").status()).isEqualTo(1);
      assertThat(verdict("no-token")).isEqualTo("wrong-answer");
      assertThat(check(api.address(), "no-token", "--lenient").status()).isZero();
      CheckCommand ignoring = check(api.address(), "no-token", "--ignore=no-token");
      assertThat(ignoring.status()).isZero();
      assertThat(verdict("no-token")).isEqualTo("skipped");
    }
  }

  @Test
  void noticesThatTheApiHasLockedItOut() throws IOException {
    AtomicBoolean locked = new AtomicBoolean();
    try (ScriptedApi api =
        new ScriptedApi(
            e -> {
              if (!e.getRequestHeaders().containsKey("Authorization")) {
                locked.set(true);
              }
              e.getResponseHeaders().set("WWW-Authenticate", CHALLENGE);
              LocalHttp.answer(e, locked.get() ? 401 : 200, "{}");
            })) {
      CheckCommand command = check(api.address(), "no-token,token-garbage,path-parameter");

      assertThat(command.status()).isEqualTo(1);
      assertThat(command.out()).contains("afterwards the honest request is answered with 401");
      assertThat(verdict("no-token")).isEqualTo("skipped");
    }
  }

  @Test
  void anEndlessAnswerEnds() throws IOException {
    try (ScriptedApi api =
        ScriptedApi.withoutToken(
            e -> {
              e.getResponseHeaders().set("WWW-Authenticate", "DPoP");
              e.sendResponseHeaders(401, 0);
              byte[] piece = new byte[65536];
              for (int i = 0; i < 10_000; i++) {
                e.getResponseBody().write(piece);
              }
            })) {
      Instant begun = Instant.now();

      check(api.address(), "no-token");

      assertThat(verdict("no-token")).isEqualTo("refused");
      assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void whatTheApiSaysCannotDriveATerminal() throws IOException {
    try (ScriptedApi api =
        ScriptedApi.withoutToken(
            e -> LocalHttp.answer(e, 403, "{\"error\":\"\u001b[31mred\u0007\"}"))) {
      CheckCommand command = check(api.address(), "no-token");

      assertThat(command.out()).contains("[31mred").doesNotContain("\u001b", "\u0007");
    }
  }

  @Test
  void keepsItsPace() {
    Pace pace = new Pace(20);
    long begun = System.nanoTime();

    for (int i = 0; i < 5; i++) {
      pace.await(2);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isGreaterThanOrEqualTo(Duration.ofMillis(400));
  }
}
