package io.github.fapipack.bench;

import java.util.List;

/**
 * The most processor time that an operation may take, relative to another contender's.
 *
 * @param most the ratio
 */
record Target(Contender contender, Contender reference, Operation operation, double most) {
  static final List<Target> ALL =
      List.of(
          new Target(Contender.PACK, Contender.BUILT_IN, Operation.FLOW, 0.85),
          new Target(Contender.PACK_NATIVE, Contender.BUILT_IN, Operation.FLOW, 0.65),
          new Target(Contender.PACK_TUNED, Contender.BUILT_IN, Operation.FLOW, 0.65),
          // What is left of it if both have the settings.
          new Target(Contender.PACK_TUNED, Contender.BUILT_IN_TUNED, Operation.FLOW, 0.85),
          ofPeer(Contender.PEER, Operation.FLOW, 0.9),
          ofPeer(Contender.PEER, Operation.REFRESH, 1),
          ofPeer(Contender.PEER, Operation.CLIENT_CREDENTIALS, 1),
          ofPeer(Contender.PEER_OPAQUE, Operation.INTROSPECTION, 1),
          ofPeer(Contender.PEER_OPAQUE, Operation.USERINFO, 1));

  /** For the pack with sessions in memory, as the peer has them. */
  private static Target ofPeer(Contender peer, Operation operation, double most) {
    return new Target(Contender.PACK_MEMORY, peer, operation, most);
  }

  String question() {
    return "server CPU per "
        + operation.title()
        + ", "
        + contender.title()
        + " / "
        + reference.title();
  }
}
