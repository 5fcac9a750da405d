package io.github.fapipack.revocation;

import io.github.fapipack.ecosystem.CertificateRules;
import io.github.fapipack.ecosystem.CertificateRules.RevocationSource;
import io.github.fapipack.ecosystem.CertificateRules.Unavailable;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/**
 * What a certificate must fulfil.
 *
 * @param anchors the authorities from which it must come; empty for those that the server trusts
 *     for mutual TLS
 * @param methods who is asked whether it is revoked; empty for no check of revocation
 * @param refuseIfUnavailable whether it does not count if nobody can say that
 * @param keyUsage the extended key usage that it must allow: {@link #CLIENT_AUTH} or an OID; null
 *     for any
 */
public record Demands(
    List<X509Certificate> anchors,
    Set<RevocationSource> methods,
    boolean refuseIfUnavailable,
    String keyUsage) {

  /** The extended key usage of TLS clients. */
  public static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  public Demands {
    anchors = List.copyOf(anchors);
    methods = Set.copyOf(methods);
  }

  /**
   * What an ecosystem demands at registration.
   *
   * @throws IllegalArgumentException if one of its authorities is not a certificate
   */
  public static Demands atRegistration(CertificateRules rules) {
    return of(rules, rules.revocation().registration());
  }

  /**
   * What an ecosystem demands at its other endpoints.
   *
   * @throws IllegalArgumentException if one of its authorities is not a certificate
   */
  public static Demands elsewhere(CertificateRules rules) {
    return of(rules, rules.revocation().elsewhere());
  }

  private static Demands of(CertificateRules rules, Unavailable unavailable) {
    return new Demands(
        ParsedAnchors.of(rules.anchors()),
        rules.revocation().methods(),
        unavailable == Unavailable.REFUSE,
        CLIENT_AUTH);
  }
}
