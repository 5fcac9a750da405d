package io.github.fapipack.revocation;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Where it is asked whether certificates are revoked. */
interface Source {

  /** The addresses that a certificate names for it. */
  List<URI> addresses(IssuedCertificate subject);

  /** What is known without asking, or null. */
  Answer known(IssuedCertificate subject, URI address, long now);

  /** Asks. */
  Answer ask(IssuedCertificate subject, URI address, Fetch fetch, long now)
      throws IOException, NoAnswer;

  /** By OCSP. */
  final class Ocsp implements Source {
    @Override
    public List<URI> addresses(IssuedCertificate subject) {
      return subject.responders();
    }

    @Override
    public Answer known(IssuedCertificate subject, URI address, long now) {
      return null;
    }

    @Override
    public Answer ask(IssuedCertificate subject, URI address, Fetch fetch, long now)
        throws IOException, NoAnswer {
      byte[] response = fetch.response(address, OcspResponses.request(subject));
      return OcspResponses.read(subject, response, now);
    }
  }

  /** By revocation lists. */
  final class Crl implements Source {
    private final Lists lists = new Lists();

    @Override
    public List<URI> addresses(IssuedCertificate subject) {
      return subject.lists();
    }

    @Override
    public Answer known(IssuedCertificate subject, URI address, long now) {
      RevocationList list = lists.get(key(subject, address));
      // In its last quarter it is fetched anew, as are answers about a single certificate.
      return list == null || now >= list.until() - (list.until() - list.begin()) / 4
          ? null
          : list.of(subject);
    }

    @Override
    public Answer ask(IssuedCertificate subject, URI address, Fetch fetch, long now)
        throws IOException, NoAnswer {
      RevocationList list = RevocationList.read(subject, address, fetch.list(address), now);
      lists.put(key(subject, address), list);
      return list.of(subject);
    }

    /** A list that was verified with one key says nothing about certificates of another one. */
    private static String key(IssuedCertificate subject, URI address) {
      return subject.isAuthority() + " " + subject.issuerKey() + " " + address;
    }
  }
}
