package io.github.fapipack.it.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Whoever vouches for software. */
public interface Vouching {
  /** The ecosystem profile with which a bank trusts it. */
  ObjectNode profile();
}
