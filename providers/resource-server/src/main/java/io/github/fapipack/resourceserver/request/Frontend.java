package io.github.fapipack.resourceserver.request;

import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What stands before this API. Turns a request as this server received it into the one that the
 * caller has sent: its URI, with which proofs and signatures are compared, and its certificate.
 *
 * <p>Say the {@link #publicAddress} wherever there is one alone: then nothing in a request can
 * change it.
 */
public final class Frontend {
  private final TargetSource target;
  private final TrustedProxies proxiesOrNull;
  private final ForwardedCertificate certificateOrNull;

  private Frontend(
      TargetSource target, TrustedProxies proxiesOrNull, ForwardedCertificate certificateOrNull) {
    this.target = target;
    this.proxiesOrNull = proxiesOrNull;
    this.certificateOrNull = certificateOrNull;
  }

  /** The URI of a request as the caller has sent it. */
  @FunctionalInterface
  interface TargetSource {
    String of(ApiRequest received, boolean fromProxy) throws RefusedRequest;
  }

  /**
   * Nothing does: requests come from their callers, and the field Host is theirs. Only for servers
   * that answer for their own hosts alone: elsewhere a proof or signature for another host passes.
   */
  public static Frontend direct() {
    return new Frontend((received, fromProxy) -> received.targetUri(), null, null);
  }

  /**
   * The one address under which callers know this API. Fields of requests that say otherwise are
   * ignored.
   *
   * @param address scheme, host, port, and the part of the path that a proxy removes
   * @throws IllegalArgumentException if it is not an http or https address, or has a query
   */
  public static Frontend publicAddress(URI address) {
    return new Frontend(new PublicTarget(address), null, null);
  }

  /**
   * Proxies in these networks do. From them, and from nobody else, the fields {@code Forwarded}
   * (RFC 7239) or {@code X-Forwarded-Proto}, {@code -Host}, {@code -Port} and {@code -Prefix}
   * count, unless there is a {@link #publicAddress}. The proxy must set or remove each of them, so
   * that those of callers never arrive.
   */
  public Frontend behind(TrustedProxies proxies) {
    boolean fixed = target instanceof PublicTarget;
    return new Frontend(fixed ? target : new ForwardedTarget(), proxies, certificateOrNull);
  }

  /**
   * The proxies tell the client certificate in a field; without this, their requests have none, as
   * their own certificate never counts as the caller's. Who does not come through a proxy has the
   * certificate of the connection.
   *
   * @throws IllegalArgumentException if it is not said which proxies, with {@link #behind}
   */
  public Frontend certificateFrom(ForwardedCertificate certificate) {
    if (proxiesOrNull == null) {
      throw new IllegalArgumentException(
          "say with behind(...) first which proxies may tell the certificate of a client");
    }
    return new Frontend(target, proxiesOrNull, certificate);
  }

  /**
   * The request with the caller's URI and certificate.
   *
   * @throws RefusedRequest if the method, the URI, or a field of a proxy is malformed
   */
  public ApiRequest asSent(ApiRequest received) throws RefusedRequest {
    boolean fromProxy = proxiesOrNull != null && proxiesOrNull.contains(received.peer().address());
    RequestSyntax.requireMethod(received.method());
    String uri = target.of(received, fromProxy);
    RequestSyntax.requireUri(uri);
    return new ApiRequest(
        received.method(), uri, received.fields(), received.body(), peer(received, fromProxy));
  }

  /** The certificate of a proxy's own connection is never the caller's. */
  private Peer peer(ApiRequest received, boolean fromProxy) throws RefusedRequest {
    if (!fromProxy) {
      return received.peer();
    }
    Optional<X509Certificate> certificate =
        certificateOrNull == null ? Optional.empty() : certificateOrNull.of(received);
    return new Peer(received.peer().address(), certificate);
  }
}
