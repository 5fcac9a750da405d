package io.github.fapipack.it.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;

/** Waits until a server's readiness endpoint reports success. */
final class Readiness {
  private static final Duration TIMEOUT = Duration.ofMinutes(4);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final HttpRequest question;

  Readiness(int managementPort) {
    this.question =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/health/ready"))
            .timeout(Duration.ofSeconds(5))
            .build();
  }

  /** False if the process ended, or after a timeout. */
  boolean await(ServerProcess process) throws InterruptedException {
    Instant end = Instant.now().plus(TIMEOUT);
    while (process.isAlive() && Instant.now().isBefore(end)) {
      if (isReady()) {
        return true;
      }
      Thread.sleep(PAUSE.toMillis());
    }
    return false;
  }

  private boolean isReady() throws InterruptedException {
    try {
      return http.send(question, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }
}
