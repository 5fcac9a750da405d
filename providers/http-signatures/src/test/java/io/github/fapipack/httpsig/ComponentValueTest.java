package io.github.fapipack.httpsig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.httpsig.HttpSignatureException.Reason;
import io.github.fapipack.httpsig.structured.FieldType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of components, mostly by the examples of RFC 9421 2.1 and 2.2. */
class ComponentValueTest {
  private static final RequestMessage FIELDS =
      new RequestMessage(
          "GET",
          "https://www.example.com/",
          List.of(
              new HttpField("Host", "www.example.com"),
              new HttpField("X-OWS-Header", "   Leading and trailing whitespace.\t   "),
              new HttpField("X-Obs-Fold-Header", "Obsolete\r\n    line folding."),
              new HttpField("Cache-Control", "max-age=60"),
              new HttpField("X-Empty-Header", ""),
              new HttpField("CACHE-CONTROL", "   must-revalidate"),
              new HttpField("Example-Dict", "  a=1,    b=2;x=1;y=2,   c=(a   b    c), d"),
              new HttpField("Example-Header", "value, with, lots"),
              new HttpField("Example-Header", " of, commas "),
              new HttpField("X-Latin", "caf\u00e9"),
              new HttpField("X-Forged", "a\n\"@method\": GET")));

  private static final FieldTypes TYPES =
      FieldTypes.REGISTERED.with("example-dict", FieldType.DICTIONARY);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "host | www.example.com",
        "x-ows-header | Leading and trailing whitespace.",
        "x-obs-fold-header | Obsolete line folding.",
        "cache-control | max-age=60, must-revalidate",
        "x-empty-header | !!",
        "example-dict | a=1,    b=2;x=1;y=2,   c=(a   b    c), d"
      })
  void canonicalisesFields(String name, String value) throws Exception {
    assertThat(value(Component.of(name))).isEqualTo(value);
  }

  @Test
  void writesStructuredFieldsStrictly() throws Exception {
    assertThat(value(Component.of("example-dict").strict()))
        .isEqualTo("a=1, b=2;x=1;y=2, c=(a b c), d");
    assertReason(Component.of("cache-control").strict(), Reason.UNSUPPORTED);
  }

  @ParameterizedTest
  @CsvSource({"a,1", "d,?1", "b,2;x=1;y=2", "c,(a b c)"})
  void picksMembersOfDictionaries(String key, String value) throws Exception {
    assertThat(value(Component.member("example-dict", key))).isEqualTo(value);
  }

  @Test
  void refusesMembersThatAreNotThere() {
    assertReason(Component.member("example-dict", "e"), Reason.ABSENT);
    assertReason(Component.member("x-ows-header", "a"), Reason.MALFORMED);
  }

  @Test
  void wrapsLinesAsBytes() throws Exception {
    assertThat(value(Component.of("example-header").asBytes()))
        .isEqualTo(":dmFsdWUsIHdpdGgsIGxvdHM=:, :b2YsIGNvbW1hcw==:");
    assertThat(value(Component.of("x-latin").asBytes())).isEqualTo(":Y2Fm6Q==:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-latin", "x-forged"})
  void refusesValuesThatWouldForgeTheBase(String name) {
    assertReason(Component.of(name), Reason.MALFORMED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@method | POST",
        "@target-uri | https://WWW.Example.com:443/path?param=value",
        "@authority | www.example.com",
        "@scheme | https",
        "@request-target | /path?param=value",
        "@path | /path",
        "@query | ?param=value"
      })
  void derivesComponentsOfARequest(String name, String value) throws Exception {
    RequestMessage request =
        new RequestMessage("POST", "https://WWW.Example.com:443/path?param=value", List.of());
    assertThat(Rfc9421.value(request, Component.of(name))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://a | @path | /",
        "http://a?x | @path | /",
        "http://a | @query | ?",
        "http://a/? | @query | ?",
        "http://a | @request-target | /",
        "http://a:80/ | @authority | a",
        "http://a:443/ | @authority | a:443",
        "HTTPS://[::1]:8443/ | @authority | [::1]:8443",
        "https://a/?queryString | @query | ?queryString"
      })
  void derivesComponentsOfUnusualUris(String uri, String name, String value) throws Exception {
    RequestMessage request = new RequestMessage("GET", uri, List.of());
    assertThat(Rfc9421.value(request, Component.of(name))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "baz | batman",
        "qux | !!",
        "param | value",
        "var | this%20is%20a%20big%0Amultiline%20value",
        "bar | with%20plus%20whitespace",
        "fa%C3%A7ade%22%3A%20 | something",
        "flag | !!",
        "100%25 | %25zz*-._"
      })
  void encodesQueryParametersAnew(String name, String value) throws Exception {
    assertThat(Rfc9421.value(query(), Component.queryParameter(name))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"twice,UNSUPPORTED", "none,ABSENT"})
  void refusesQueryParametersThatAreNotThereOnce(String name, Reason reason) {
    assertReason(query(), Component.queryParameter(name), reason);
  }

  @Test
  void refusesQueriesThatAreNotUtf8() {
    RequestMessage request = new RequestMessage("GET", "https://a/?a=%ff", List.of());
    assertReason(request, Component.queryParameter("a"), Reason.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/path", "https:///", "https://u@a/", "https://a/#f", "https://a/ b", "a:b"})
  void refusesTargetUrisThatAreNotOne(String uri) {
    RequestMessage request = new RequestMessage("GET", uri, List.of());
    assertReason(request, Component.of("@target-uri"), Reason.MALFORMED);
  }

  private static RequestMessage query() {
    return new RequestMessage(
        "GET",
        "https://www.example.com/parameters?var=this%20is%20a%20big%0Amultiline%20value"
            + "&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something&param=value&baz=batman&qux="
            + "&twice=1&twice=2&flag&&100%=%zz*-._",
        List.of());
  }

  private static String value(Component component) throws HttpSignatureException {
    return Rfc9421.value(FIELDS, component, TYPES);
  }

  private static void assertReason(Component component, Reason reason) {
    assertReason(FIELDS, component, reason);
  }

  private static void assertReason(HttpMessage message, Component component, Reason reason) {
    assertThatThrownBy(() -> Rfc9421.value(message, component, TYPES))
        .isInstanceOfSatisfying(
            HttpSignatureException.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(reason);
              assertThat(failure.component()).contains(component.identifier());
            });
  }
}
