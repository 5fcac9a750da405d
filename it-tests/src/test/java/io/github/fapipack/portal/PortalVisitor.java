package io.github.fapipack.portal;

import io.github.fapipack.it.http.CookieJar;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A browser without script at the pages of a directory, which can send what a browser would not.
 */
final class PortalVisitor {
  private static final int MAX_HOPS = 20;
  private static final String FORM = "application/x-www-form-urlencoded";

  private final TestRealm realm;
  private final HttpTransport transport;
  private final CookieJar cookies = new CookieJar();
  private HttpExchange last;

  PortalVisitor(TestRealm realm) {
    this.realm = realm;
    this.transport = new HttpTransport(realm.server().pki().sslContext(null), false);
  }

  /** Goes to the first page by way of the login. */
  PortalVisitor logIn(String name) {
    return open("").fillInLogin(name);
  }

  /** Answers the login pages: with organizations, Keycloak first asks who somebody is. */
  PortalVisitor fillInLogin(String name) {
    if (page().selectFirst("[name=password]") == null) {
      submitTo(new NamedValues().set("username", name));
    }
    if (page().selectFirst("[name=password]") == null) {
      throw new AssertionError("no login page but:\n" + page().body().text());
    }
    return submitTo(new NamedValues().set("username", name).set("password", realm.password()));
  }

  /** Opens a page by its path below {@code fapi-scheme}, or by its address. */
  PortalVisitor open(String path) {
    return follow("GET", address(path), new NamedValues(), "");
  }

  URI address(String path) {
    return path.startsWith("https:")
        ? URI.create(path)
        : URI.create(realm.issuer() + "/fapi-scheme" + (path.isEmpty() ? "" : "/" + path));
  }

  /** Follows the link with this text. */
  PortalVisitor click(String words) {
    for (Element link : page().select("main a")) {
      if (link.text().equals(words)) {
        return open(link.absUrl("href"));
      }
    }
    throw new AssertionError("no link " + words + " in " + page().select("main"));
  }

  /** Opens a page with a form and sends it with these values besides those that it has. */
  PortalVisitor fill(String path, NamedValues values) {
    return open(path).submit(values);
  }

  /** Sends the form that the browser shows, with these values besides those that it has. */
  PortalVisitor submit(NamedValues values) {
    NamedValues all = fields();
    values.entries().forEach(entry -> all.set(entry.getKey(), null));
    values.entries().forEach(entry -> all.add(entry.getKey(), entry.getValue()));
    return post(here(), all);
  }

  /** Sends the form of another page of the server, wherever it is to be sent. */
  PortalVisitor submitTo(NamedValues values) {
    String action = page().selectFirst("form[method=post]").absUrl("action");
    return post(action, values);
  }

  /** Sends any form, as urlencoded. */
  PortalVisitor post(String path, NamedValues values) {
    return post(path, values, new NamedValues());
  }

  /** The same with further headers. */
  PortalVisitor post(String path, NamedValues values, NamedValues headers) {
    return follow("POST", address(path), headers.set("Content-Type", FORM), values.encode());
  }

  /** Sends the form that the browser shows with a file. */
  PortalVisitor upload(NamedValues values, String fileName, String type, String content) {
    NamedValues all = fields();
    values.entries().forEach(entry -> all.set(entry.getKey(), entry.getValue()));
    String boundary = "b" + UUID.randomUUID();
    StringBuilder body = new StringBuilder();
    all.entries()
        .forEach(
            entry ->
                body.append("--" + boundary + "\r\nContent-Disposition: form-data; name=\"")
                    .append(entry.getKey() + "\"\r\n\r\n" + entry.getValue() + "\r\n"));
    body.append("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"")
        .append(fileName + "\"\r\nContent-Type: " + type + "\r\n\r\n" + content + "\r\n")
        .append("--" + boundary + "--\r\n");
    return follow(
        "POST",
        last.uri(),
        new NamedValues().set("Content-Type", "multipart/form-data; boundary=" + boundary),
        body.toString());
  }

  /** What a browser would send of the form if nobody typed anything. */
  NamedValues fields() {
    NamedValues fields = new NamedValues();
    for (Element input :
        page()
            .select(
                "form[method=post] input:not([type=file], [type=radio]:not([checked]),"
                    + " [type=checkbox]:not([checked])), form[method=post] textarea")) {
      fields.add(
          input.attr("name"), input.tagName().equals("textarea") ? input.wholeText() : input.val());
    }
    return fields;
  }

  private PortalVisitor follow(String firstMethod, URI start, NamedValues headers, String body) {
    String method = firstMethod;
    URI address = start;
    for (int hop = 0; hop < MAX_HOPS; hop++) {
      boolean first = hop == 0;
      NamedValues sent = first ? headers : new NamedValues();
      sent.set("Accept", "text/html,*/*;q=0.8");
      cookies.addTo(sent, address);
      last = transport.send(method, address, sent, first ? body : "");
      cookies.store(last);
      if (last.status() < 300 || last.status() >= 400) {
        return this;
      }
      address = address.resolve(last.header("Location"));
      method = "GET";
    }
    throw new AssertionError("more than " + MAX_HOPS + " redirects, starting from " + start);
  }

  HttpExchange last() {
    return last;
  }

  int status() {
    return last.status();
  }

  /** The address of the page that the browser shows. */
  String here() {
    return last.uri().toString();
  }

  /** The last part of that address, which is an id where something was created. */
  String id() {
    return here().replaceAll(".*/", "");
  }

  Document page() {
    return Jsoup.parse(last.body(), here());
  }

  /** The text of the page without its choice of languages. */
  String words() {
    Document page = page();
    page.select(".fapi-languages").remove();
    return page.body().text();
  }
}
