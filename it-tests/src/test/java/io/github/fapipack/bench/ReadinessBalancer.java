package io.github.fapipack.bench;

import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.server.ClusterNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Clients that do what HAProxy, Envoy or Kubernetes do for them elsewhere: each request goes to any
 * node that is ready, as {@code /health/ready} says, and a node that comes back gets its part bit
 * by bit.
 */
final class ReadinessBalancer implements Balancer {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** How many answers in a row take a node out. */
  private static final int MISSES = 2;

  /** Until a node that comes back gets its whole part. */
  private static final Duration GENTLE = Duration.ofSeconds(60);

  private static final double LEAST_PART = 0.02;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PERIOD).build();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final List<Member> members;
  private final ScheduledFuture<?> questions;

  /** Only the clock's thread writes. */
  private static final class Member {
    private final ClusterNode node;
    private int misses;
    private volatile boolean ready = true;
    private volatile long since = System.nanoTime() - GENTLE.toNanos();

    private Member(ClusterNode node) {
      this.node = node;
    }

    private double part() {
      double part = (double) (System.nanoTime() - since) / GENTLE.toNanos();
      return ready ? Math.min(1, Math.max(LEAST_PART, part)) : 0;
    }

    private void note(boolean isReady) {
      misses = isReady ? 0 : misses + 1;
      if (isReady && !ready) {
        since = System.nanoTime();
        ready = true;
      } else if (misses == MISSES) {
        ready = false;
      }
    }
  }

  /** Of nodes that are all ready. */
  ReadinessBalancer(List<ClusterNode> nodes) {
    this.members = nodes.stream().map(Member::new).toList();
    questions = clock.scheduleAtFixedRate(this::ask, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void ask() {
    members.forEach(member -> member.note(isReady(member.node)));
  }

  private boolean isReady(ClusterNode node) {
    URI health = URI.create("http://127.0.0.1:" + node.managementPort() + "/health/ready");
    HttpRequest question =
        HttpRequest.newBuilder(health).timeout(PERIOD.multipliedBy(MISSES)).build();
    try {
      return http.send(question, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException gone) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public FapiClient route(int number, FapiClient client) {
    return client.but().at(this::next).build();
  }

  private URI next() {
    double[] parts = members.stream().mapToDouble(Member::part).toArray();
    double sum = 0;
    for (double part : parts) {
      sum += part;
    }
    double rest = ThreadLocalRandom.current().nextDouble() * sum;
    int chosen = 0;
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] > 0) {
        chosen = i;
        rest -= parts[i];
        if (rest < 0) {
          break;
        }
      }
    }
    return members.get(chosen).node.address();
  }

  /** A node that is told to stop says so itself. */
  @Override
  public void drain(ClusterNode node) {}

  /** A node that is ready says so itself. */
  @Override
  public void takeBack(ClusterNode node) {}

  @Override
  public long cpu() {
    return 0;
  }

  @Override
  public String title() {
    return "the clients, who ask /health/ready every second and give a node that is back its part"
        + " within "
        + GENTLE.toSeconds()
        + " s";
  }

  @Override
  public void close() {
    questions.cancel(true);
    clock.shutdownNow();
  }
}
