package io.github.fapipack.resourceserver.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiBody;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.Peer;
import io.github.fapipack.resourceserver.token.PresentedToken.Scheme;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresentedTokenTest {
  private static final String URI = "https://api.example/accounts";
  private static final String FORM = "application/x-www-form-urlencoded";

  @ParameterizedTest
  @CsvSource({
    "Bearer abc, BEARER, abc",
    "bearer abc, BEARER, abc",
    "DPoP a.b-c_d~e+f/0==, DPOP, a.b-c_d~e+f/0==",
    "dpop   abc, DPOP, abc",
    "'  DPoP abc  ', DPOP, abc"
  })
  void isInTheFieldAuthorization(String value, Scheme scheme, String token) throws RefusedRequest {
    assertThat(PresentedToken.of(request(URI, authorization(value))))
        .isEqualTo(new PresentedToken(scheme, token));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic abc", "BearerX abc", "DPoPabc", "", "Bear", "Digest x=1"})
  void isMissingIfThereIsAnotherScheme(String value) {
    assertProblem(Problem.NO_TOKEN, request(URI, authorization(value)));
  }

  @Test
  void isMissingIfThereIsNoSuchField() {
    assertProblem(Problem.NO_TOKEN, request(URI, new HttpField("Accept", "*/*")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "DPoP ",
        "DPoP =",
        "DPoP a,b",
        "DPoP a b",
        "Bearer a, DPoP b",
        "DPoP a=b",
        "DPoP \"a\"",
        "DPoP \u00e4",
        "DPoP a\tb"
      })
  void isRefusedIfItIsNoToken(String value) {
    assertProblem(Problem.INVALID_REQUEST, request(URI, authorization(value)));
  }

  @Test
  void isRefusedIfItComesTwice() {
    HttpField once = authorization("DPoP abc");

    assertProblem(Problem.INVALID_REQUEST, request(URI, once, once));
    assertProblem(
        Problem.INVALID_REQUEST, request(URI, once, new HttpField("authorization", "Basic x")));
  }

  @Test
  void hasALimitedLength() throws RefusedRequest {
    String longest = "a".repeat(PresentedToken.LONGEST);

    assertThat(PresentedToken.of(request(URI, authorization("DPoP " + longest))).value())
        .isEqualTo(longest);
    assertProblem(Problem.TOO_LARGE, request(URI, authorization("DPoP " + longest + "a")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?access_token=abc",
        "?access_token",
        "?a=b&access_token=abc&c=d",
        "?access%5Ftoken=abc",
        "?%61%63%63%65%73%73%5f%74%6f%6b%65%6e=abc",
        "?a=b?&access_token="
      })
  void isRefusedInTheQuery(String query) {
    assertProblem(Problem.INVALID_REQUEST, request(URI + query, authorization("DPoP abc")));
    assertProblem(Problem.INVALID_REQUEST, request(URI + query));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?access_tokens=1",
        "?a=access_token",
        "?my_access_token=1",
        "?",
        "?access%token=1",
        "?%zz=1",
        "?=access_token",
        "?Access_Token=1"
      })
  void isNotAnyParameterOfTheQuery(String query) throws RefusedRequest {
    assertThat(PresentedToken.of(request(URI + query, authorization("DPoP abc"))).value())
        .isEqualTo("abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token=abc", "a=b&access_token=abc", "access%5ftoken=abc"})
  void isRefusedInAForm(String form) {
    assertProblem(
        Problem.INVALID_REQUEST,
        request(body(form), authorization("DPoP abc"), new HttpField("Content-Type", FORM)));
    assertProblem(
        Problem.INVALID_REQUEST,
        request(body(form), new HttpField("content-type", FORM + "; charset=utf-8")));
  }

  @Test
  void isNotAnyParameterOfAForm() throws RefusedRequest {
    ApiRequest request =
        request(body("amount=1"), authorization("DPoP abc"), new HttpField("Content-Type", FORM));

    assertThat(PresentedToken.of(request).value()).isEqualTo("abc");
  }

  @Test
  void needsNoBodyButAForm() throws RefusedRequest {
    ApiBody unread =
        () -> {
          throw new AssertionError("the body was read");
        };
    ApiRequest request =
        request(
            unread, authorization("DPoP abc"), new HttpField("Content-Type", "application/json"));

    assertThat(PresentedToken.of(request).value()).isEqualTo("abc");
  }

  @Test
  void isRefusedWithAFormThatCannotBeRead() {
    ApiBody broken =
        () -> {
          throw new IOException("too long");
        };

    assertProblem(
        Problem.TOO_LARGE,
        request(broken, authorization("DPoP abc"), new HttpField("Content-Type", FORM)));
  }

  @Property(tries = 300)
  void isFoundOrRefusedWhateverComes(@ForAll String value, @ForAll String query) {
    ApiRequest request =
        request(
            URI + "?" + query,
            body(value),
            authorization("DPoP " + value),
            new HttpField("Content-Type", FORM));
    try {
      assertThat(PresentedToken.of(request).value()).matches("[A-Za-z0-9._~+/-]+=*");
    } catch (RefusedRequest refusal) {
      assertThat(refusal.sentence()).matches("[ -~&&[^\"\\\\]]+");
    }
  }

  private static void assertProblem(Problem problem, ApiRequest request) {
    RefusedRequest refusal =
        catchThrowableOfType(RefusedRequest.class, () -> PresentedToken.of(request));
    assertThat(refusal.problem()).isEqualTo(problem);
    assertThatThrownBy(() -> PresentedToken.of(request)).message().doesNotContain("abc");
  }

  private static HttpField authorization(String value) {
    return new HttpField("Authorization", value);
  }

  private static ApiBody body(String text) {
    return () -> text.getBytes(StandardCharsets.UTF_8);
  }

  private static ApiRequest request(String uri, HttpField... fields) {
    return request(uri, ApiBody.NONE, fields);
  }

  private static ApiRequest request(ApiBody body, HttpField... fields) {
    return request(URI, body, fields);
  }

  private static ApiRequest request(String uri, ApiBody body, HttpField... fields) {
    return new ApiRequest(
        "POST",
        uri,
        List.of(fields),
        body,
        new Peer(InetAddress.getLoopbackAddress(), Optional.empty()));
  }
}
