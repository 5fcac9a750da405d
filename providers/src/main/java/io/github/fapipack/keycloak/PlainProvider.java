package io.github.fapipack.keycloak;

import org.keycloak.provider.Provider;

/** A provider that has nothing open when its session ends. */
public interface PlainProvider extends Provider {

  @Override
  default void close() {}
}
