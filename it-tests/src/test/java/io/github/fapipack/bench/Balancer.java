package io.github.fapipack.bench;

import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.server.ClusterNode;
import java.io.IOException;

/** Spreads requests over the nodes of a cluster, and leaves nodes out. */
interface Balancer extends AutoCloseable {
  /** The client with this number, as it reaches the nodes. */
  FapiClient route(int number, FapiClient client);

  /** Sends a node nothing any more, if somebody has to say so; it will then be told to stop. */
  void drain(ClusterNode node) throws IOException, InterruptedException;

  /** Sends a node that is ready its part again, if somebody has to say so. */
  void takeBack(ClusterNode node) throws IOException, InterruptedException;

  /** Nanoseconds of processor time so far. */
  long cpu();

  /** What it is, for the report. */
  String title();

  @Override
  void close();
}
