package io.github.fapipack.revocation;

/** The position of a certificate in its path, with the sentences about it. */
enum Position {
  CLIENT(
      "the client certificate has been revoked",
      "the authority of the client certificate does not know it",
      "nobody says whether the client certificate has been revoked",
      "the client certificate does not name where its revocation would be found"),

  AUTHORITY(
      "an authority of the client certificate has been revoked",
      "an authority of the client certificate is not known to the one above it",
      "nobody says whether an authority of the client certificate has been revoked",
      "an authority of the client certificate does not name where its revocation would be found");

  private static final String NEW = "use a new certificate";
  private static final String LATER = "try again later";
  private static final String OTHER =
      "use a certificate with an OCSP responder or a revocation list";

  private final String revoked;
  private final String unknown;
  private final String unanswered;
  private final String unnamed;

  Position(String revoked, String unknown, String unanswered, String unnamed) {
    this.revoked = revoked;
    this.unknown = unknown;
    this.unanswered = unanswered;
    this.unnamed = unnamed;
  }

  Verdict revoked() {
    return new Verdict.Revoked(revoked, NEW);
  }

  Verdict unknown() {
    return new Verdict.Refused(unknown, NEW);
  }

  Verdict unanswered() {
    return new Verdict.Unavailable(unanswered, LATER);
  }

  Verdict unnamed() {
    return new Verdict.Unavailable(unnamed, OTHER);
  }
}
