package io.github.fapipack.authz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.Refused;
import io.github.fapipack.resourceserver.refusal.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a refusal on its way through a proxy. */
class CarriedRefusalTest {
  private static final List<HttpField> CHALLENGES =
      List.of(
          new HttpField("WWW-Authenticate", "DPoP algs=\"ES256\""),
          new HttpField("WWW-Authenticate", "Bearer"),
          new HttpField("DPoP-Nonce", "n"));

  @Test
  void nginxGetsStatusAndBodyInFieldsAndOneChallenge() {
    CarriedRefusal carried =
        CarriedRefusal.of(refused(Problem.INVALID_TOKEN, "{\"error\":\"x\"}"), Proxy.NGINX);

    assertThat(carried.status()).isEqualTo(401);
    assertThat(carried.fields())
        .containsExactly(
            new HttpField("DPoP-Nonce", "n"),
            new HttpField("WWW-Authenticate", "DPoP algs=\"ES256\", Bearer"),
            new HttpField("X-Fapi-Status", "401"),
            new HttpField("X-Fapi-Body", "{\"error\":\"x\"}"));
  }

  @Test
  void nginxGets403ForEveryStatusThatItCannotCarry() {
    for (Problem problem : Problem.values()) {
      CarriedRefusal carried = CarriedRefusal.of(refused(problem, ""), Proxy.NGINX);

      assertThat(carried.status()).isEqualTo(problem.status() == 401 ? 401 : 403);
      assertThat(carried.fields())
          .contains(new HttpField("X-Fapi-Status", Integer.toString(problem.status())));
    }
  }

  @Test
  void nginxConfAnswersWithEveryStatus() throws IOException {
    String conf = Files.readString(Path.of("nginx.conf"));

    assertThat(Problem.values())
        .filteredOn(problem -> problem.status() != 403)
        .allSatisfy(
            problem ->
                assertThat(conf)
                    .contains(
                        "if ($fapi_status = %d) { return %d $fapi_body; }"
                            .formatted(problem.status(), problem.status())));
  }

  @Test
  void otherProxiesGetTheAnswerAsItIs() {
    for (Proxy proxy : List.of(Proxy.ENVOY, Proxy.TRAEFIK, Proxy.APISIX)) {
      CarriedRefusal carried = CarriedRefusal.of(refused(Problem.UNAVAILABLE, "{}"), proxy);

      assertThat(carried.status()).isEqualTo(503);
      assertThat(carried.fields()).isEqualTo(CHALLENGES);
      assertThat(carried.content()).isEqualTo(new byte[] {'{', '}'});
    }
  }

  @Test
  void aBodyThatNoFieldCanHoldStaysBehind() {
    for (String body : List.of("{\n}", "{\"\u00e9\":1}", "x".repeat(3000))) {
      assertThat(CarriedRefusal.of(refused(Problem.INVALID_REQUEST, body), Proxy.NGINX).fields())
          .noneMatch(field -> field.name().equals("X-Fapi-Body"));
    }
  }

  private static Refused refused(Problem problem, String body) {
    return new Refused(problem, "no", "RFC0", CHALLENGES, body);
  }
}
