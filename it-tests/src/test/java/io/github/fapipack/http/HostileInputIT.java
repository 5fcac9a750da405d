package io.github.fapipack.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.peer.Stranger;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Malformed input of any kind is answered with a client error, not a server error. */
class HostileInputIT {
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static String path;
  private static String protocol;
  private static Stranger stranger;
  private static FapiClient client;

  @BeforeAll
  static void registerClient() {
    path = realm.issuer().getPath();
    protocol = path + "/protocol/openid-connect";
    stranger = Stranger.at(realm.server());
    client = TestClient.in(realm).register();
  }

  @Test
  void answersAPathThatMatchesNothingWith404AndABadOneWith400() {
    SoftAssertions.assertSoftly(
        softly -> {
          for (String folder :
              List.of("/", "/realms/", path + "/", protocol + "/", "/admin/", "/resources/")) {
            softly.assertThat(get(folder + "nothing-of-the-kind")).as(folder).isIn(404, 405);
            for (String odd :
                List.of(
                    "%00",
                    "x%00y",
                    "%2e%2e",
                    "%ff",
                    "%zz",
                    "%",
                    "%0a",
                    "a;b=c",
                    "//",
                    "\\",
                    "%2f",
                    "[",
                    "?a=%zz",
                    "?a=%00",
                    "a".repeat(3000),
                    "a/".repeat(400))) {
              softly.assertThat(get(folder + odd)).as(folder + odd).isBetween(200, 499);
            }
            softly
                .assertThat(get(folder + "nothing", "Accept: text/html"))
                .as(folder)
                .isBetween(300, 499);
          }
          for (String method : List.of("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "FOO")) {
            softly.assertThat(send(method, path + "/nothing")).as(method).isBetween(400, 499);
            softly.assertThat(send(method, protocol + "/token")).as(method).isBetween(400, 499);
          }
        });
  }

  @Test
  void answersABodyThatIsNoFormWith4xx() {
    List<String> endpoints =
        List.of(
            "/token",
            "/auth",
            "/auth/device",
            "/auth/device/",
            "/revoke",
            "/token/introspect",
            "/logout",
            "/logout/backchannel-logout",
            "/ext/par/request",
            "/ext/ciba/auth",
            "/userinfo");
    SoftAssertions.assertSoftly(
        softly ->
            Stream.concat(
                    endpoints.stream().map(protocol::concat),
                    Stream.of(path + "/device", path + "/clients-registrations/openid-connect"))
                .forEach(
                    endpoint -> {
                      for (String type :
                          List.of(
                              "application/json",
                              "multipart/form-data; boundary=x",
                              "text/plain",
                              "nonsense",
                              "application/x-www-form-urlencoded; charset=nope")) {
                        for (String body : List.of("", "null", "[", "a=%ff&b=%00", "a=%zz")) {
                          softly
                              .assertThat(
                                  stranger
                                      .send(
                                          "POST", endpoint, List.of("Content-Type: " + type), body)
                                      .status())
                              .as("%s %s %s", endpoint, type, body)
                              .isBetween(200, 499);
                        }
                      }
                    }));
  }

  private static Stream<String> brokenTokens() {
    String issuer = "\"iss\":\"" + realm.issuer() + "\"";
    return Stream.concat(
        Stream.of(
            "bnVsbA.bnVsbA.",
            "bnVsbA.bnVsbA",
            "bnVsbA.bnVsbA..",
            "bnVsbA=!.bnVsbA=!.x",
            "eyJhbGciOiJSUzI1NiJ9.e30",
            "..",
            "a.b.c",
            "bnVsbA",
            "%00",
            "....",
            "a.b.c.d.e"),
        Stream.of("null", "[]", "{}", "1", "{\"alg\":null}", "{\"alg\":1}", "{\"alg\":\"PS256\"}")
            .flatMap(
                header ->
                    Stream.of(
                            "null",
                            "[]",
                            "{}",
                            "{\"iss\":null}",
                            "{\"iss\":[]}",
                            "{" + issuer + ",\"azp\":1,\"exp\":\"x\"}",
                            "{" + issuer + ",\"azp\":\"account\",\"aud\":[1,null,{}]}",
                            "{" + issuer + ",\"azp\":\"account\",\"cnf\":\"x\"}",
                            "{" + issuer + ",\"azp\":\"account\",\"azp\":\"x\"}",
                            "[".repeat(2000))
                        .map(payload -> Stranger.jwt(header, payload))));
  }

  @Test
  void answersABrokenTokenOfAStrangerWith4xx() {
    SoftAssertions.assertSoftly(
        softly ->
            brokenTokens()
                .forEach(
                    token -> {
                      String encoded = URLEncoder.encode(token, StandardCharsets.UTF_8);
                      for (String resource :
                          List.of(
                              protocol + "/userinfo",
                              path + "/account",
                              path + "/grants/1",
                              "/admin/serverinfo",
                              "/admin/realms/" + realm.name(),
                              path + "/clients-registrations/openid-connect/1")) {
                        softly
                            .assertThat(
                                get(
                                    resource,
                                    "Accept: application/json",
                                    "Authorization: Bearer " + token))
                            .as("%s %s", resource, token)
                            .isBetween(400, 499);
                      }
                      softly
                          .assertThat(get(path + "/login-actions/action-token?key=" + encoded))
                          .as(token)
                          .isBetween(300, 499);
                      for (String form :
                          List.of(
                              "/logout/backchannel-logout?logout_token=",
                              "/token?grant_type=client_credentials&client_assertion_type=urn:ietf:"
                                  + "params:oauth:client-assertion-type:jwt-bearer&client_assertion=",
                              "/userinfo?access_token=",
                              "/logout?post_logout_redirect_uri=https://client.example/"
                                  + "&id_token_hint=")) {
                        String[] parts = form.split("\\?");
                        softly
                            .assertThat(
                                stranger.post(protocol + parts[0], parts[1] + encoded).status())
                            .as("%s %s", form, token)
                            .isBetween(400, 499);
                      }
                    }));
  }

  @Test
  void answersABrokenTokenOfAClientWith4xx() {
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());
    SoftAssertions.assertSoftly(
        softly ->
            brokenTokens()
                .filter(token -> !token.contains("%"))
                .forEach(
                    token ->
                        Stream.of(
                                client.par().with("request", token),
                                client.par().with("id_token_hint", token),
                                client.par().header("DPoP", token),
                                client.refresh(tokens).with("refresh_token", token),
                                client.introspect(token),
                                client.revoke(token),
                                client.userinfo(tokens).header("DPoP", token))
                            .forEach(
                                request ->
                                    softly
                                        .assertThat(request.send().status())
                                        .as(token)
                                        .isBetween(200, 499))));
  }

  @Test
  void answersOddParametersOfALoginWith4xx() {
    String login =
        protocol
            + "/auth?client_id=account-console&response_type=code&scope=openid"
            + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
            + "&redirect_uri="
            + URLEncoder.encode(realm.issuer() + "/account/", StandardCharsets.UTF_8);
    for (String odd :
        List.of(
            "&kc_action=a:",
            "&kc_action=:",
            "&claims=%7B%22id_token%22%3A%7B%22acr%22%3A%7B%22values%22%3A%5B1%5D%7D%7D%7D",
            "&claims=%7B%22id_token%22%3A%7B%22acr%22%3A%7B%22value%22%3A1%7D%7D%7D")) {
      assertThat(get(login + odd)).as(odd).isBetween(200, 499);
    }
    client
        .par()
        .with("claims", "{\"id_token\":{\"acr\":{\"values\":[1]}}}")
        .expectError(400, "invalid_request");
  }

  @Test
  void logsNoLineThatARedirectUriHolds() {
    String forged = "forged-" + realm.name();
    String address = "https%3A%2F%2Fx%2F%250a2026-01-01%2520INFO%2520" + forged + "%3Fstate%3D1";

    stranger.post(
        protocol + "/logout", "client_id=account-console&post_logout_redirect_uri=" + address);
    get(protocol + "/logout?client_id=account-console&post_logout_redirect_uri=" + address);
    get(path + "/account/?referrer=account-console&referrer_uri=" + address);

    assertThat(realm.server().log().lines())
        .noneMatch(line -> line.startsWith("2026-01-01 INFO") && line.contains(forged));
  }

  @Test
  void logsNoLineOfAStranger() {
    String forged = "forged-" + realm.name();
    String lines = "client_id=x%0d%0a2026-01-01%20INFO%20" + forged + "%E2%80%A8";

    get(protocol + "/logout?" + lines);
    stranger.post(protocol + "/logout", lines);
    get(protocol + "/auth?" + lines);
    get(path + "/account/x%0a" + forged);

    assertThat(realm.server().log().lines())
        .noneMatch(line -> line.startsWith("2026-01-01 INFO") && line.contains(forged))
        .filteredOn(line -> line.contains("not found") && line.contains(forged))
        .isNotEmpty()
        .allMatch(line -> line.contains("\\u000d\\u000a"));
  }

  private static int get(String target, String... headers) {
    return stranger.get(target, headers).status();
  }

  private static int send(String method, String target) {
    return stranger.send(method, target, List.of(FORM), "a=b").status();
  }
}
