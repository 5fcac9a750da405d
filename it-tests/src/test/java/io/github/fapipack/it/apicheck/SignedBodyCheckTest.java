package io.github.fapipack.it.apicheck;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpExchange;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.LocalHttp;
import io.github.fapipack.resourceserver.Decision;
import io.github.fapipack.resourceserver.Demands;
import io.github.fapipack.resourceserver.FapiResourceServer;
import io.github.fapipack.resourceserver.Refused;
import io.github.fapipack.resourceserver.message.ClientKeys;
import io.github.fapipack.resourceserver.message.Organisations;
import io.github.fapipack.resourceserver.message.SignedBodies;
import io.github.fapipack.resourceserver.replay.CaffeineReplayStore;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.Frontend;
import io.github.fapipack.resourceserver.request.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attacks on signed bodies, on an API that is protected by the kit. */
class SignedBodyCheckTest {
  private static final Organisations OWNER = token -> Optional.of("organisation");

  @TempDir private Path folder;

  @Test
  void anApiAsInBrazilHolds() throws IOException, ParseException {
    assertThat(check("jws", SignedBodies::brazil))
        .contains(
            "jws-missing",
            "jws-none",
            "jws-hs256",
            "jws-other-key",
            "jws-old",
            "jws-other-issuer",
            "jws-other-audience",
            "jws-no-jti",
            "jws-replayed",
            "jws-content-type",
            "jws-altered");
  }

  @Test
  void anApiAsInTheUnitedKingdomHolds() throws IOException, ParseException {
    assertThat(check("detached", SignedBodies::ukOpenBanking))
        .contains(
            "jws-missing",
            "jws-none",
            "jws-hs256",
            "jws-other-key",
            "jws-old",
            "jws-other-issuer",
            "jws-crit",
            "jws-altered-body",
            "jws-garbage");
  }

  /** What is refused; fails if anything is not as it should be. */
  private List<String> check(String style, BiFunction<ClientKeys, Organisations, SignedBodies> kind)
      throws IOException, ParseException {
    Path body = Files.writeString(folder.resolve("body.json"), "{\"data\":{\"amount\":\"1.00\"}}");
    Path result = folder.resolve("result.json");
    try (SmallIssuer issuer = new SmallIssuer()) {
      Path client = issuer.client(folder, "client");
      JWKSet keys = JWKSet.load(folder.resolve("client-jwks.json").toFile()).toPublicJWKSet();
      FapiResourceServer kit =
          FapiResourceServer.builder()
              .issuer(issuer.issuer())
              .resource("https://api.example")
              .frontend(Frontend.direct())
              .replayStore(new CaffeineReplayStore())
              .ssl(new TlsSettings(List.of(issuer.authority().certificate())).showing(null))
              .signedBodies(
                  kind.apply(ClientKeys.of(Map.of("client", keys)), OWNER)
                      .window(Duration.ofSeconds(60), Duration.ofSeconds(10)))
              .build();
      try (ScriptedApi api = new ScriptedApi(exchange -> answer(exchange, kit))) {
        CheckCommand command =
            CheckCommand.run(
                "--url=" + api.address(),
                "--client-keys=" + client,
                "--audience=https://api.example",
                "--alg=PS256",
                "--body=" + body,
                "--sign=" + style,
                "--sign-issuer=organisation",
                "--rate=20",
                "--only=" + String.join(",", signatureAttacks()),
                "--json=" + result);
        assertThat(command.status()).as("%s", command).isZero();
      }
    }
    return StreamSupport.stream(Json.read(result).path("results").spliterator(), false)
        .filter(one -> one.path("verdict").asText().equals("refused"))
        .map(one -> one.path("id").asText())
        .toList();
  }

  private static List<String> signatureAttacks() {
    return Catalogue.ids().stream().filter(id -> id.startsWith("jws-")).toList();
  }

  private static void answer(HttpExchange exchange, FapiResourceServer kit) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    List<HttpField> fields = new ArrayList<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> values.forEach(value -> fields.add(new HttpField(name, value))));
    String host = exchange.getRequestHeaders().getFirst("Host");
    ApiRequest request =
        new ApiRequest(
            exchange.getRequestMethod(),
            "http://" + host + exchange.getRequestURI(),
            fields,
            () -> body,
            new Peer(exchange.getRemoteAddress().getAddress(), Optional.empty()));
    Decision decision = kit.check(request, Demands.none());
    decision
        .responseFields()
        .forEach(field -> exchange.getResponseHeaders().add(field.name(), field.value()));
    boolean refused = decision instanceof Refused;
    LocalHttp.answer(
        exchange,
        refused ? ((Refused) decision).status() : 200,
        refused ? ((Refused) decision).body() : "{}");
  }
}
