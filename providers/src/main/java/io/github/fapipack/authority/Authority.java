package io.github.fapipack.authority;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * The certificate authority of the realm of a session's context: the active issuing key with the
 * highest priority.
 */
public final class Authority {

  /** The realm attribute that names a scheme; a realm without it has no authority. */
  public static final String IN_USE = "fapi.scheme";

  private final KeycloakSession session;
  private final IssuingKey key;

  private Authority(KeycloakSession session, IssuingKey key) {
    this.session = session;
    this.key = key;
  }

  /** Empty if the realm has no issuing key that can be used. */
  public static Optional<Authority> of(KeycloakSession session) {
    return isOn(session)
        ? IssuingKeys.active(session).map(key -> new Authority(session, key))
        : Optional.empty();
  }

  /** Whether the realm of the session's context is a directory, with or without a key. */
  static boolean isOn(KeycloakSession session) {
    String scheme = session.getContext().getRealm().getAttribute(IN_USE);
    return scheme != null && !scheme.isBlank();
  }

  /**
   * What banks must trust for the certificates of all issuing keys of the realm, those that only
   * sign revocation lists any more among them.
   */
  public static List<X509Certificate> anchors(KeycloakSession session) {
    return isOn(session)
        ? IssuingKeys.of(session).stream()
            .map(key -> TrustAnchor.of(key.chain()))
            .distinct()
            .toList()
        : List.of();
  }

  /** The issuing certificate, then those above it up to the root. */
  public List<X509Certificate> chain() {
    return key.chain();
  }

  /**
   * Issues a certificate. It is in the list, and committed, before this method returns, whatever
   * becomes of the session's own transaction: a certificate that somebody has is never missing
   * there.
   *
   * @param request a PKCS#10 request as PEM (RFC 2986, RFC 7468)
   * @throws RequestFault if the request, or its key, is not good enough, or there are too many
   */
  public Issued issue(Order order, String request) {
    RequestedKey requested = CertificateRequest.read(request);
    refuseOwn(requested);
    Issuance issuance = new Issuance(key, Addresses.of(session));
    Transactions.addIssuer(session, key.id());
    return Transactions.call(session, table -> issuance.issue(table, order, requested));
  }

  private void refuseOwn(RequestedKey requested) {
    boolean own =
        IssuingKeys.of(session).stream()
            .flatMap(each -> each.chain().stream())
            .map(certificate -> Digests.sha256(certificate.getPublicKey().getEncoded()))
            .anyMatch(requested.thumbprint()::equals);
    if (own) {
      throw new RequestFault("the key belongs to the authority; generate one of your own");
    }
  }
}
