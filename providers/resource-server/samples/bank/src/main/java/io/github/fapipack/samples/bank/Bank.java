package io.github.fapipack.samples.bank;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.fapipack.resourceserver.replay.CaffeineReplayStore;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.request.ApiRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** All realms of the API: the first part of a path names one. */
final class Bank implements HttpHandler {
  private static final String METADATA = "/.well-known/oauth-protected-resource/";
  private static final Reply NO_SUCH_REALM = Reply.error(404, "not_found", "no such realm");

  private final String origin;
  private final Map<String, RealmApi> realms = new LinkedHashMap<>();

  Bank(BankSettings settings) {
    origin = settings.origin();
    // For one node. Two nodes share a database or Redis.
    ReplayStore used = new CaffeineReplayStore();
    for (RealmSettings realm : settings.realms()) {
      realms.put(realm.name(), RealmApi.of(settings, realm, used));
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      RealmApi api = realms.get(realm(path));
      if (api == null) {
        NO_SUCH_REALM.send(exchange);
        return;
      }
      ApiRequest request = JdkRequests.read(exchange, origin);
      api.answer(request, path).send(exchange);
    }
  }

  private static String realm(String path) {
    String rest = path.startsWith(METADATA) ? path.substring(METADATA.length()) : path.substring(1);
    int end = rest.indexOf('/');
    return end < 0 ? rest : rest.substring(0, end);
  }
}
