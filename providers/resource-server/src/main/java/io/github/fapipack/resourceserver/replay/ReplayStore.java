package io.github.fapipack.resourceserver.replay;

import java.time.Instant;

/** Remembers what may be used once: proofs, signatures, bodies, payments. */
public interface ReplayStore {

  /**
   * Whether this is the first use. Of all nodes that ask at the same moment, one gets {@code true}.
   *
   * @param purpose which kind of thing: keys of two purposes never meet
   * @param key what is used; any text, also a long one
   * @param until from when on it may be forgotten
   * @throws StoreUnavailable if the store does not answer; then the request must be refused
   */
  boolean firstUse(String purpose, String key, Instant until) throws StoreUnavailable;
}
