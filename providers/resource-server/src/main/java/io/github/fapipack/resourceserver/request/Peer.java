package io.github.fapipack.resourceserver.request;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Who is at the other end of the connection: the caller, or a proxy.
 *
 * @param certificate the client certificate of the TLS connection itself, if it has one
 */
public record Peer(InetAddress address, Optional<X509Certificate> certificate) {}
