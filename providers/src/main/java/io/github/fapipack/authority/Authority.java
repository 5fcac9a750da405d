package io.github.fapipack.authority;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;

/**
 * The certificate authority of the realm of a session's context: the active issuing key with the
 * highest priority.
 */
public final class Authority {

  /** The realm attribute that names a scheme; a realm without it has no authority. */
  public static final String IN_USE = "fapi.scheme";

  private static final int MOST_VALID = 20;
  private static final int MOST_PER_DAY = 20;
  private static final long DAY = 24L * 60 * 60 * 1000;
  private static final int LONGEST_SUBJECT = 1000;

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
    for (IssuingKey each : IssuingKeys.of(session)) {
      for (X509Certificate certificate : each.chain()) {
        if (Digests.sha256(certificate.getPublicKey().getEncoded())
            .equals(requested.thumbprint())) {
          throw new RequestFault("the key belongs to the authority; generate one of your own");
        }
      }
    }
    CertificateProfile profile = new CertificateProfile(key, Addresses.of(session));
    return Transactions.call(
        session,
        table -> {
          // One at a time, so that the limits hold.
          table.lock(key.id());
          check(table, order, requested);
          Issued issued = entry(order, requested, profile.make(order, requested));
          table.add(key.id(), issued);
          return issued;
        },
        key.id());
  }

  private static void check(IssuedTable table, Order order, RequestedKey key) {
    long now = Time.currentTimeMillis();
    if (table.isRefused(key.thumbprint(), order.organisationId())) {
      throw new RequestFault("the key was used before; generate a new one");
    }
    if (table.valid(order.softwareId(), now) >= MOST_VALID) {
      throw new RequestFault(
          "the software has 20 valid certificates; revoke those that are not used");
    }
    if (table.issuedSince(order.softwareId(), now - DAY) >= MOST_PER_DAY) {
      throw new RequestFault(
          "the software has got 20 certificates within a day; try again tomorrow");
    }
  }

  private static Issued entry(Order order, RequestedKey key, X509Certificate made) {
    String subject = made.getSubjectX500Principal().getName();
    if (subject.length() > LONGEST_SUBJECT) {
      throw new RequestFault("the names in the certificate would be too long");
    }
    try {
      return new Issued(
          SerialNumber.text(made.getSerialNumber()),
          order.organisationId(),
          order.softwareId(),
          order.use(),
          subject,
          key.thumbprint(),
          SandboxHierarchy.pem(List.of(made)),
          Instant.ofEpochMilli(Time.currentTimeMillis()),
          made.getNotAfter().toInstant(),
          IssuedCertificates.shortened(order.requestedBy()),
          null,
          null,
          null);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
