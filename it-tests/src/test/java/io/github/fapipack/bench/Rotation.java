package io.github.fapipack.bench;

import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.server.ClusterNode;
import java.net.URI;
import java.util.List;

/** Which node gets a client's next request. */
final class Rotation {
  private final List<ClusterNode> nodes;
  private volatile boolean sticky;

  Rotation(List<ClusterNode> nodes) {
    this.nodes = nodes;
  }

  /** Whether each client stays at one node, or each of its requests goes to the next one. */
  void stick(boolean toOneNode) {
    sticky = toOneNode;
  }

  /** The client with this number, as it reaches the nodes. */
  FapiClient route(int number, FapiClient client) {
    int[] requests = {number};
    return client.but().at(() -> node(number, requests)).build();
  }

  /** A client sends one request at a time. */
  private URI node(int number, int[] requests) {
    int index = sticky ? number : requests[0]++;
    return nodes.get(Math.floorMod(index, nodes.size())).address();
  }
}
