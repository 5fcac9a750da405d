package io.github.fapipack.resourceserver.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalUriTest {

  @ParameterizedTest
  @CsvSource({
    "HTTPS://API.Example, https://api.example/",
    "https://api.example:443/a?b, https://api.example/a",
    "https://api.example:80/a, https://api.example:80/a",
    "http://api.example:80/a#b, http://api.example/a",
    "https://api.example:/a, https://api.example/a",
    "https://api.example:08443/, https://api.example:8443/",
    "https://[2001:DB8::1]:443/, https://[2001:db8::1]/",
    "https://api.example/%7ea%2fb%2D, https://api.example/~a%2Fb-",
    "https://api.example//a/./b, https://api.example//a/./b",
    "https://api.example?x=/, https://api.example/"
  })
  void spellingsBecomeOne(String uri, String normal) {
    assertThat(NormalUri.of(uri)).contains(normal);
    assertThat(NormalUri.of(normal)).contains(normal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https",
        "://",
        "https://",
        "https://:443/",
        "https://a b/",
        "https://a@b/",
        "https://[]/",
        "https://[::1/",
        "https://[::1]x/",
        "https://a:0/",
        "https://a:65536/",
        "https://a:1:2/",
        "https://a/%",
        "https://a/%1",
        "https://a/%1g",
        "https://a/\u00e9",
        "https://a/ ",
        "https://a/{b}",
        "file:///etc",
        "//api.example/",
        "https//a"
      })
  void whatIsNoSuchUriHasNone(String uri) {
    assertThat(NormalUri.of(uri)).isEmpty();
  }
}
