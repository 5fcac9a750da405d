package io.github.fapipack.bench;

import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.server.ClusterNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that send each request to the next node themselves, where there is no nginx. */
final class RotatingBalancer implements Balancer {
  /** Far longer than any request is meant to take. */
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);

  private final List<ClusterNode> serving;
  private final AtomicInteger requests = new AtomicInteger();

  RotatingBalancer(List<ClusterNode> nodes) {
    this.serving = new CopyOnWriteArrayList<>(nodes);
  }

  @Override
  public FapiClient route(int number, FapiClient client) {
    return client.but().at(this::next).build();
  }

  private URI next() {
    Object[] now = serving.toArray();
    return ((ClusterNode) now[Math.floorMod(requests.getAndIncrement(), now.length)]).address();
  }

  @Override
  public void drain(ClusterNode node) throws InterruptedException {
    serving.remove(node);
    // Nobody counts the requests that a node was sent, so they get the time that they may take.
    TimeUnit.NANOSECONDS.sleep(LONGEST_REQUEST.toNanos());
  }

  @Override
  public void takeBack(ClusterNode node) {
    serving.add(node);
  }

  @Override
  public long cpu() {
    return 0;
  }

  @Override
  public String title() {
    return "none: there is no nginx on the path, so clients send each request to the next node";
  }

  @Override
  public void close() {}
}
