package io.github.fapipack.samples.bank;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.routes.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A whole response. */
record Reply(int status, List<HttpField> fields, byte[] content) {

  Reply {
    fields = List.copyOf(fields);
  }

  static Reply json(int status, Map<String, ?> body) {
    return new Reply(
        status,
        List.of(
            new HttpField("Content-Type", "application/json"),
            new HttpField("Cache-Control", "no-store")),
        JSONObjectUtils.toJSONString(body).getBytes(StandardCharsets.UTF_8));
  }

  static Reply of(Answer answer) {
    return new Reply(answer.status(), answer.fields(), answer.content());
  }

  static Reply error(int status, String code, String sentence) {
    return json(status, Map.of("error", code, "error_description", sentence));
  }

  /** The same with more header fields. */
  Reply with(List<HttpField> more) {
    List<HttpField> all = new ArrayList<>(fields);
    all.addAll(more);
    return new Reply(status, all, content);
  }

  void send(HttpExchange exchange) throws IOException {
    fields.forEach(field -> exchange.getResponseHeaders().add(field.name(), field.value()));
    boolean bare = content.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, bare ? -1 : content.length);
    if (!bare) {
      exchange.getResponseBody().write(content);
    }
  }
}
