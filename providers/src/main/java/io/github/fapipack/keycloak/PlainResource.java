package io.github.fapipack.keycloak;

import org.keycloak.services.resource.RealmResourceProvider;

/** A resource below {@code /realms/{realm}} that has nothing open when its session ends. */
public interface PlainResource extends RealmResourceProvider, PlainProvider {

  @Override
  default void close() {}
}
