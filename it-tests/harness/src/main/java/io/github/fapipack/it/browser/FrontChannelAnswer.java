package io.github.fapipack.it.browser;

import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.NamedValues;
import java.net.URI;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * Where a browser ended up: back at the client, or on a page of the server.
 *
 * @param hops every request of the browser with its answer, in order
 * @param target the last redirect, outside of the server's origin; null if the browser still shows
 *     a page of the server
 * @param parameters the parameters that the client received there
 */
public record FrontChannelAnswer(List<HttpExchange> hops, URI target, NamedValues parameters) {

  /** Whether the browser was sent away from the server. */
  public boolean redirected() {
    return target != null;
  }

  /** The answer to the browser's last request. */
  public HttpExchange last() {
    return hops.get(hops.size() - 1);
  }

  /** One parameter that the client received, or null. */
  public String parameter(String name) {
    return parameters.get(name).orElse(null);
  }

  /** The page that the browser shows. */
  public Document page() {
    return Jsoup.parse(last().body(), last().uri().toString());
  }

  /** The text of the page that the browser shows, without its choice of languages. */
  public String words() {
    return words(last());
  }

  /** The text of a page, without its choice of languages. */
  public static String words(HttpExchange page) {
    Document document = Jsoup.parse(page.body());
    document.select("select, [id*=locale]").remove();
    return document.body().text();
  }

  /** The answers to forms that carried credentials or consent (FAPI2-SP 5.3.2.2-10 and -11). */
  public List<HttpExchange> answersToPosts() {
    return hops.stream().filter(hop -> hop.method().equals("POST")).toList();
  }

  /** Fails unless the client received this error. */
  public FrontChannelAnswer expectError(String code) {
    if (!code.equals(parameter("error"))) {
      throw new AssertionError("expected the error " + code + " at the client but got:\n" + this);
    }
    return this;
  }

  /** Fails unless the server kept the browser and showed an error page. */
  public FrontChannelAnswer expectErrorPage() {
    if (redirected() || last().status() < 400 || last().status() >= 500) {
      throw new AssertionError("expected an error page of the server but got:\n" + this);
    }
    return this;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (HttpExchange hop : hops) {
      text.append(
          "%s %s -> %d %s%n"
              .formatted(hop.method(), hop.uri(), hop.status(), hop.headers().all("Location")));
    }
    return text.append(redirected() ? "at the client: " + parameters : "page: " + words())
        .toString();
  }
}
