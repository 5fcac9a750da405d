package io.github.fapipack.revocation;

import io.github.fapipack.ecosystem.CertificateRules.RevocationSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Whether a certificate of a valid path was revoked: the client's, or one of those between it and
 * the trusted authority.
 *
 * @param fetch makes what fetches, if it is needed
 * @param background renews answers
 */
record PathCheck(Answers answers, Supplier<Fetch> fetch, Executor background) {

  /** After this time nobody else is asked for the same request. */
  private static final long ENOUGH_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final Verdict GOOD = new Verdict.Trusted(true);
  private static final Verdict UNCHECKED = new Verdict.Trusted(false);

  /** The verdict about a path. */
  Verdict check(CertificatePath path, Set<RevocationSource> methods, boolean refuseIfUnavailable) {
    if (methods.isEmpty()) {
      return UNCHECKED;
    }
    long begin = System.nanoTime();
    Verdict missing = null;
    Position position = Position.CLIENT;
    for (IssuedCertificate one : path.certificates()) {
      Verdict verdict =
          System.nanoTime() - begin > ENOUGH_NANOS
              ? position.unanswered()
              : check(one, position, methods);
      if (verdict instanceof Verdict.Unavailable) {
        missing = missing == null ? verdict : missing;
      } else if (!verdict.isTrusted()) {
        return verdict;
      }
      position = Position.AUTHORITY;
    }
    if (missing != null) {
      return refuseIfUnavailable ? missing : UNCHECKED;
    }
    return GOOD;
  }

  private Verdict check(IssuedCertificate one, Position position, Set<RevocationSource> methods) {
    List<RevocationSource> possible =
        Stream.of(RevocationSource.OCSP, RevocationSource.CRL)
            .filter(methods::contains)
            .filter(kind -> answers.canBeAsked(one, kind))
            .toList();
    for (RevocationSource kind : possible) {
      Verdict verdict =
          switch (answers.of(one, kind, fetch, background).state()) {
            case GOOD -> GOOD;
            case REVOKED -> position.revoked();
            case UNKNOWN -> position.unknown();
            case NONE -> null; // another source may say it
          };
      if (verdict != null) {
        return verdict;
      }
    }
    return possible.isEmpty() ? position.unnamed() : position.unanswered();
  }
}
