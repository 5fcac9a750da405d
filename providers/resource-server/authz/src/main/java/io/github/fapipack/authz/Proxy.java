package io.github.fapipack.authz;

/**
 * Which proxy asks: where it tells of the original request, and which answers it can pass on. One
 * alone is believed, since a proxy overwrites its own header fields but passes on those of others.
 */
enum Proxy {
  /**
   * {@code auth_request}: passes on 401 and 403 alone, so every other status travels in a field.
   */
  NGINX("X-Original-Method", "X-Original-URI", false),
  /** {@code ext_authz} with an HTTP service: the subrequest is the original, below a prefix. */
  ENVOY(null, null, true),
  /** {@code ForwardAuth}. */
  TRAEFIK("X-Forwarded-Method", "X-Forwarded-Uri", true),
  /** {@code forward-auth}. */
  APISIX("X-Forwarded-Method", "X-Forwarded-Uri", true);

  /** The path that is asked; with Envoy what follows it is the original path. */
  static final String CHECK = "/check";

  private final String methodFieldOrNull;
  private final String uriFieldOrNull;
  private final boolean anyStatus;

  Proxy(String methodFieldOrNull, String uriFieldOrNull, boolean anyStatus) {
    this.methodFieldOrNull = methodFieldOrNull;
    this.uriFieldOrNull = uriFieldOrNull;
    this.anyStatus = anyStatus;
  }

  /** Whether the subrequest itself has the method, the path and perhaps the content. */
  boolean mirrors() {
    return methodFieldOrNull == null;
  }

  String methodField() {
    return methodFieldOrNull;
  }

  String uriField() {
    return uriFieldOrNull;
  }

  /** Whether callers get the status with which the proxy is answered. */
  boolean passesAnyStatus() {
    return anyStatus;
  }

  /** Whether a field is the proxy's own, and so no part of the caller's request. */
  boolean owns(String field) {
    return field.equalsIgnoreCase(methodFieldOrNull) || field.equalsIgnoreCase(uriFieldOrNull);
  }
}
