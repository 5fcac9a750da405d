package io.github.fapipack.authz;

import com.sun.net.httpserver.HttpExchange;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.Refused;
import io.github.fapipack.resourceserver.routes.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A refusal as the proxy can carry it to the caller. nginx takes 401 and 403 for a refusal and
 * everything else for a failure of ours, reads no content, and sees the first field of a name only:
 * so status and content are in fields too, and all challenges are in one.
 */
record CarriedRefusal(int status, List<HttpField> fields, byte[] content) {
  static final String STATUS = "X-Fapi-Status";
  static final String BODY = "X-Fapi-Body";

  private static final String CHALLENGE = "WWW-Authenticate";

  /** What nginx takes in a buffer, beside the other fields. */
  private static final int LONGEST_BODY = 2048;

  static CarriedRefusal of(Refused refused, Proxy proxy) {
    Answer answer = Answer.of(refused);
    if (proxy.passesAnyStatus()) {
      return new CarriedRefusal(answer.status(), answer.fields(), answer.content());
    }
    List<HttpField> fields = new ArrayList<>();
    List<String> challenges = new ArrayList<>();
    for (HttpField field : answer.fields()) {
      if (field.name().equalsIgnoreCase(CHALLENGE)) {
        challenges.add(field.value());
      } else {
        fields.add(field);
      }
    }
    if (!challenges.isEmpty()) {
      fields.add(new HttpField(CHALLENGE, String.join(", ", challenges)));
    }
    fields.add(new HttpField(STATUS, Integer.toString(answer.status())));
    if (isCarried(refused.body())) {
      fields.add(new HttpField(BODY, refused.body()));
    }
    return new CarriedRefusal(answer.status() == 401 ? 401 : 403, fields, answer.content());
  }

  private static boolean isCarried(String body) {
    return body.length() <= LONGEST_BODY
        && StandardCharsets.US_ASCII.newEncoder().canEncode(body)
        && body.chars().noneMatch(c -> c < ' ');
  }

  void send(HttpExchange exchange) throws IOException {
    fields.forEach(field -> exchange.getResponseHeaders().add(field.name(), field.value()));
    if (content.length == 0 || exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, content.length);
      exchange.getResponseBody().write(content);
    }
  }
}
