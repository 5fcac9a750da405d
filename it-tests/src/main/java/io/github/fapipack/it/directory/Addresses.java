package io.github.fapipack.it.directory;

import java.net.URI;

/**
 * The addresses under which others see the directory; paths are the same under each.
 *
 * @param authorization discovery and the token endpoint
 * @param api software statements
 * @param keystore keys of the directory and of software
 * @param data the list of participants
 */
public record Addresses(URI authorization, URI api, URI keystore, URI data) {

  /** Everything under one address. */
  public static Addresses at(URI base) {
    return new Addresses(base, base, base, base);
  }
}
