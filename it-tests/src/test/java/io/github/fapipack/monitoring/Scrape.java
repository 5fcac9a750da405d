package io.github.fapipack.monitoring;

import io.github.fapipack.it.server.KeycloakServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Prometheus would read from a server at one moment. */
public record Scrape(List<Series> series) {

  public record Series(String metric, Map<String, String> labels, double value) {}

  private static final Pattern LINE =
      Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})?\\s+(\\S+)(?:\\s+\\d+)?");

  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  public static Scrape of(KeycloakServer server) {
    URI address = URI.create("http://127.0.0.1:" + server.managementPort() + "/metrics");
    try {
      return parse(
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(address).version(HttpClient.Version.HTTP_1_1).build(),
                  BodyHandlers.ofString())
              .body());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Scrape parse(String text) {
    List<Series> series = new ArrayList<>();
    for (String line : text.split("\n")) {
      Matcher matcher = LINE.matcher(line);
      if (!line.startsWith("#") && matcher.matches()) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (matcher.group(2) != null) {
          LABEL
              .matcher(matcher.group(2))
              .results()
              .forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        series.add(new Series(matcher.group(1), labels, Double.parseDouble(matcher.group(3))));
      }
    }
    return new Scrape(series);
  }

  public List<Series> of(String metric) {
    return series.stream().filter(one -> one.metric().equals(metric)).toList();
  }

  /** The value of the one series that has these labels among others. */
  public Optional<Double> value(String metric, Map<String, String> labels) {
    return of(metric).stream()
        .filter(one -> one.labels().entrySet().containsAll(labels.entrySet()))
        .map(Series::value)
        .findFirst();
  }
}
