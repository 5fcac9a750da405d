package io.github.fapipack.keycloak;

/**
 * A provider that makes Keycloak faster and decides nothing: the server starts without it too, for
 * example if another extension stands in its place.
 */
public interface Dispensable {}
