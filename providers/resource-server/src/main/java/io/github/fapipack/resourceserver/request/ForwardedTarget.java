package io.github.fapipack.resourceserver.request;

import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.util.Map;
import java.util.Optional;

/** The URI that a trusted proxy tells, in one of the two families of fields. */
final class ForwardedTarget implements Frontend.TargetSource {
  private static final int LONGEST = 2_048;

  /** What the proxy says of scheme and authority, and which part of the path it has removed. */
  private record Told(Optional<String> scheme, Optional<String> authority, String prefix) {
    boolean nothing() {
      return scheme.isEmpty() && authority.isEmpty() && prefix.isEmpty();
    }
  }

  @Override
  public String of(ApiRequest received, boolean fromProxy) throws RefusedRequest {
    if (!fromProxy) {
      return received.targetUri();
    }
    SplitUri own = SplitUri.of(received.targetUri());
    Told told = xForwarded(received, own);
    Told standard = forwarded(received);
    if (!told.nothing() && !standard.nothing()) {
      // One of both is the caller's, and nobody can tell which.
      throw RequestSyntax.malformed(
          "there are the fields Forwarded and X-Forwarded; the proxy must remove those of the"
              + " caller",
          "RFC7239 8.1");
    }
    return with(own, standard.nothing() ? told : standard);
  }

  private static String with(SplitUri own, Told told) throws RefusedRequest {
    String scheme = told.scheme().orElse(own.scheme());
    String authority = told.authority().orElse(own.authority());
    boolean good = scheme.equals("https") || scheme.equals("http");
    if (!good || Authority.normal(authority, scheme).isEmpty()) {
      throw malformed();
    }
    return new SplitUri(scheme, authority, told.prefix() + own.rest()).whole();
  }

  private static Told forwarded(ApiRequest received) throws RefusedRequest {
    Map<String, String> hop = ForwardedField.lastHop(received.values("Forwarded"));
    return new Told(
        Optional.ofNullable(hop.get("proto")), Optional.ofNullable(hop.get("host")), "");
  }

  private static Told xForwarded(ApiRequest received, SplitUri own) throws RefusedRequest {
    Optional<String> scheme = single(received, "X-Forwarded-Proto");
    Optional<String> host = single(received, "X-Forwarded-Host");
    Optional<String> port = single(received, "X-Forwarded-Port");
    Optional<String> prefix = single(received, "X-Forwarded-Prefix");
    Optional<String> authority =
        port.isEmpty() ? host : Optional.of(withPort(host.orElse(own.authority()), port.get()));
    return new Told(scheme, authority, prefix(prefix.orElse("")));
  }

  private static String withPort(String authority, String port) throws RefusedRequest {
    if (Authority.port(port) < 0) {
      throw malformed();
    }
    if (!Authority.hasPort(authority)) {
      return authority + ':' + port;
    }
    if (!authority.endsWith(':' + port)) {
      throw malformed();
    }
    return authority;
  }

  private static String prefix(String prefix) throws RefusedRequest {
    boolean absolute = prefix.startsWith("/") && !prefix.startsWith("//");
    if (!prefix.isEmpty() && (!absolute || prefix.indexOf('?') >= 0)) {
      throw malformed();
    }
    return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
  }

  private static Optional<String> single(ApiRequest received, String name) throws RefusedRequest {
    Optional<String> value = ProxyFields.single(received, name, LONGEST);
    if (value.isPresent() && value.get().indexOf(',') >= 0) {
      throw malformed();
    }
    return value;
  }

  private static RefusedRequest malformed() {
    return RequestSyntax.malformed(
        "a field of the proxy about the address of the request is malformed, has several values, or"
            + " contradicts another one",
        "RFC7239 4");
  }
}
