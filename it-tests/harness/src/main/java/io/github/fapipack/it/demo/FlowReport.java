package io.github.fapipack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.jose.JwtText;
import java.io.Console;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Shows the progress of a flow; in colours only on a terminal. */
public final class FlowReport {
  private static final List<String> HEADERS_THAT_MATTER =
      List.of(
          "content-type",
          "cache-control",
          "www-authenticate",
          "dpop-nonce",
          "x-fapi-interaction-id",
          "location",
          "content-digest",
          "signature-input",
          "signature");

  private final PrintStream out;
  private final boolean colours;
  private int step;
  private int failures;

  /** An empty report. */
  public FlowReport(PrintStream out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  static FlowReport toStandardOutput() {
    boolean wanted = System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    return new FlowReport(System.out, wanted && onTerminal());
  }

  // From Java 22 on there is a console even if output goes into a file, so isTerminal is asked.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean onTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** How many steps and attacks had a wrong result. */
  public int failures() {
    return failures;
  }

  void title(String text) {
    out.println();
    out.println(style("1", text));
  }

  void step(String text, String clauses) {
    out.println();
    out.println(style("1", ++step + ". " + text) + style("2", "   [" + clauses + "]"));
  }

  void line(String text) {
    out.println("   " + text);
  }

  /** A name and its value, shortened if it is long. */
  void value(String name, String value) {
    out.println("      " + name + ": " + JwtText.shortened(value));
  }

  /** Reports a successful check. */
  void verified(String text) {
    out.println("   " + style("32", "ok    ") + text);
  }

  /** Reports something worth knowing that is not a fault. */
  void note(String text) {
    out.println("   " + style("33", "note  ") + text);
  }

  /** Reports whether a condition is fulfilled. */
  void check(boolean holds, String text) {
    if (holds) {
      verified(text);
    } else {
      failed(text);
    }
  }

  void failed(String text) {
    failures++;
    out.println("   " + style("1;31", "FAIL  ") + text.replace("\n", "\n         "));
  }

  void refused(String how) {
    out.println("   " + style("32", "refused: ") + how);
  }

  void notRefused(String how) {
    failures++;
    out.println("   " + style("1;31", "NOT REFUSED: ") + how);
  }

  /** Sends something that must be refused, by an OAuth error or by refusing the connection. */
  void attack(String attack, String clause, Supplier<HttpExchange> sending) {
    step(attack, clause);
    HttpExchange answer;
    try {
      answer = sending.get();
    } catch (UncheckedIOException e) {
      refused("no TLS connection, " + e.getCause().getMessage());
      return;
    }
    String how =
        answer.error() == null
            ? "HTTP " + answer.status()
            : "HTTP %d, %s, %s"
                .formatted(answer.status(), answer.error(), answer.errorDescription());
    if (answer.status() >= 400 && answer.status() < 500 && answer.error() != null) {
      refused(how);
    } else {
      notRefused(how);
      exchange(answer);
    }
  }

  /** Opens an address in a browser, which must end with an error at the client or on a page. */
  void attackInBrowser(String attack, String clauses, Supplier<FrontChannelAnswer> visiting) {
    step(attack, clauses);
    FrontChannelAnswer answer = visiting.get();
    String error = answer.parameter("error");
    if (error != null) {
      refused("redirected back with " + error + ", " + answer.parameter("error_description"));
    } else if (!answer.redirected()
        && answer.last().status() >= 400
        && answer.last().status() < 500) {
      refused("HTTP " + answer.last().status() + ", on a page: " + answer.words());
    } else {
      notRefused(answer.toString());
    }
  }

  /** Shows a request with its response, with decoded JWTs. */
  void exchange(HttpExchange exchange) {
    sent(exchange);
    out.println(style("36", "   <- ") + exchange.status());
    for (Map.Entry<String, String> header : exchange.headers().entries()) {
      if (HEADERS_THAT_MATTER.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        value(header.getKey(), header.getValue());
      }
    }
    JsonNode json = exchange.json();
    if (json.isObject()) {
      values(json);
    } else if (!exchange.body().isEmpty()) {
      out.println("      " + JwtText.shortened(exchange.body().strip()));
    }
  }

  /** Shows the members of a JSON object. */
  void json(JsonNode json) {
    values(json);
  }

  /** Shows one hop of a browser, with the text of its page. */
  void hop(HttpExchange exchange) {
    String address = exchange.uri().toString().replaceFirst("\\?.*", "?...");
    line(exchange.method() + " " + address + style("36", " <- ") + exchange.status());
    if (exchange.status() == 200) {
      line("   \"" + FrontChannelAnswer.words(exchange) + "\"");
    }
  }

  /** Shows a decoded JWT. */
  void jwt(String name, String token) {
    out.println("      " + style("2", name + ":"));
    JwtText.decoded(token).lines().forEach(line -> out.println("        " + style("2", line)));
  }

  private void sent(HttpExchange exchange) {
    out.println("   " + exchange.method() + " " + exchange.uri());
    if (exchange.certificate()) {
      out.println("      (over TLS with the client's certificate)");
    }
    for (String name : List.of("Authorization", "DPoP", "Signature-Input", "Signature")) {
      for (String value : exchange.sentHeaders().all(name)) {
        value(name, value);
      }
    }
    for (Map.Entry<String, String> field : exchange.sentForm().entries()) {
      value(field.getKey(), field.getValue());
    }
    JsonNode body = exchange.sentJson();
    values(body);
    exchange.sentForm().get("client_assertion").ifPresent(jwt -> jwt("client assertion", jwt));
    exchange.sentForm().get("request").ifPresent(jwt -> jwt("request object", jwt));
    exchange.sentHeaders().get("DPoP").ifPresent(jwt -> jwt("DPoP proof", jwt));
    if (body.has("software_statement")) {
      jwt("software statement", body.path("software_statement").asText());
    }
  }

  private void values(JsonNode json) {
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      JsonNode value = field.getValue();
      value(field.getKey(), value.isTextual() ? value.asText() : value.toString());
    }
  }

  private String style(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
