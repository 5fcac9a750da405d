package io.github.fapipack.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.testing.TestRealm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.StreamSupport;

/** The refused requests of a realm, by its API and its metrics. */
final class RefusedRequests {
  private final TestRealm realm;

  RefusedRequests(TestRealm realm) {
    this.realm = realm;
  }

  /** The refusals that a query finds, the latest first. */
  List<JsonNode> find(String query) {
    JsonNode answer = realm.admin().get("/" + realm.name() + "/fapi/refusals?" + query);
    return StreamSupport.stream(answer.path("refusals").spliterator(), false).toList();
  }

  /** The refusals with an interaction id. */
  List<JsonNode> of(String interaction) {
    return find("interaction=" + interaction);
  }

  /** All metrics of the server in which a realm is. */
  static String metrics(TestRealm realm) {
    URI address = URI.create("http://127.0.0.1:" + realm.server().managementPort() + "/metrics");
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The counter of refused requests for the realm and these labels. */
  double counted(String... labels) {
    return metrics(realm)
        .lines()
        .filter(line -> line.startsWith("fapi_refused_requests_total{"))
        .filter(line -> line.contains("realm=\"" + realm.name() + "\""))
        .filter(line -> List.of(labels).stream().allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
