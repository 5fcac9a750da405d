package io.github.fapipack.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.container.ContainerResponseContext;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

/** Errors are found in every form in which an answer tells of them. */
class AnsweredErrorTest {
  private static final String CLIENT = "https://client.example/callback";

  @Test
  void isInABody() {
    AnsweredError expected = new AnsweredError(400, "invalid_grant", "no");

    assertThat(body(new OAuth2ErrorRepresentation("invalid_grant", "no"))).contains(expected);
    assertThat(body(Map.of("error", "invalid_grant", "error_description", "no")))
        .contains(expected);
    assertThat(body("{\"error\":\"invalid_grant\",\"error_description\":\"no\"}"))
        .contains(expected);
    assertThat(body("{\"error\":")).contains(new AnsweredError(400, null, null));
    assertThat(body("<!DOCTYPE html>")).contains(new AnsweredError(400, null, null));
    assertThat(body(null)).contains(new AnsweredError(400, null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "?state=x&", "#", "#state=x&"})
  void isInARedirect(String before) {
    assertThat(redirect(before + "error=invalid_scope&error_description=not%20yours"))
        .contains(new AnsweredError(303, "invalid_scope", "not yours"));
  }

  @Test
  void isInASignedResponse() {
    assertThat(redirect("?response=" + signed("{\"error\":\"invalid_scope\"}")))
        .contains(new AnsweredError(303, "invalid_scope", null));
    assertThat(form("<INPUT TYPE=\"HIDDEN\" NAME=\"error\" VALUE=\"invalid_scope\" />"))
        .contains(new AnsweredError(200, "invalid_scope", null));
    String response = signed("{\"error\":\"invalid_scope\"}");
    assertThat(form("<INPUT TYPE=\"HIDDEN\" NAME=\"response\" VALUE=\"" + response + "\" />"))
        .contains(new AnsweredError(200, "invalid_scope", null));
  }

  @Test
  void isNotWhereThereIsNone() {
    assertThat(redirect("?code=x&error_uri=y")).isEmpty();
    assertThat(redirect("?response=" + signed("{\"code\":\"x\"}"))).isEmpty();
    assertThat(redirect("?response=a.b.c.d.e")).isEmpty();
    assertThat(form("<INPUT TYPE=\"HIDDEN\" NAME=\"code\" VALUE=\"x\" />")).isEmpty();
    assertThat(AnsweredError.of(answer(200, "<!DOCTYPE html> name=\"error\"", null), true))
        .isEmpty();
    assertThat(AnsweredError.of(answer(303, null, URI.create("/?error=x")), false)).isEmpty();
    assertThat(AnsweredError.of(answer(303, null, null), true)).isEmpty();
  }

  private static Optional<AnsweredError> body(Object entity) {
    return AnsweredError.of(answer(400, entity, null), false);
  }

  private static Optional<AnsweredError> redirect(String parameters) {
    return AnsweredError.of(answer(303, null, URI.create(CLIENT + parameters)), true);
  }

  private static Optional<AnsweredError> form(String inputs) {
    return AnsweredError.of(answer(200, "<HTML><BODY>" + inputs + "</BODY></HTML>", null), true);
  }

  private static String signed(String claims) {
    return part("{\"alg\":\"PS256\"}") + "." + part(claims) + "." + part("signature");
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static ContainerResponseContext answer(int status, Object entity, URI location) {
    return (ContainerResponseContext)
        Proxy.newProxyInstance(
            AnsweredErrorTest.class.getClassLoader(),
            new Class<?>[] {ContainerResponseContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getStatus" -> status;
                  case "getEntity" -> entity;
                  case "getLocation" -> location;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
