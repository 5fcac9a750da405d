package io.github.fapipack.participants;

/**
 * What is known of a realm's directory. Times are in milliseconds since 1970.
 *
 * @param uri the address to which the rest belongs
 * @param etag the tag of the list that was applied last; null if there is none
 * @param nextAttempt when the list is read again
 * @param firstAttempt when the address was first used; 0 before that
 * @param lastAttempt null before the first one
 * @param lastSuccess when the list was last applied, or was found unchanged; null before that
 * @param fault why the latest attempt has failed; null if it has not
 * @param alarmed whether its silence was reported
 * @param organisations how many organisations the list has
 * @param software how many software it has
 */
public record DirectoryStatus(
    String uri,
    String etag,
    long nextAttempt,
    long firstAttempt,
    Long lastAttempt,
    Long lastSuccess,
    String fault,
    boolean alarmed,
    int organisations,
    int software) {

  /** Before the first attempt. */
  public static DirectoryStatus unread(String uri) {
    return new DirectoryStatus(uri, null, 0, 0, null, null, null, false, 0, 0);
  }

  /** Whether there was no success for so many seconds, counted from the first attempt. */
  public boolean isStale(long now, int seconds) {
    return lastSuccess != null
        ? now - lastSuccess > seconds * 1000L
        : firstAttempt != 0 && now - firstAttempt > seconds * 1000L;
  }

  /** An attempt has begun. */
  public DirectoryStatus begun(long now, long next) {
    return new DirectoryStatus(
        uri,
        etag,
        next,
        firstAttempt == 0 ? now : firstAttempt,
        now,
        lastSuccess,
        fault,
        alarmed,
        organisations,
        software);
  }

  /** The attempt has failed; the same list is asked for again. */
  public DirectoryStatus failed(String why) {
    return new DirectoryStatus(
        uri,
        etag,
        nextAttempt,
        firstAttempt,
        lastAttempt,
        lastSuccess,
        why,
        alarmed,
        organisations,
        software);
  }

  /** The list is the one that was applied last. */
  public DirectoryStatus unchanged(long now) {
    return applied(now, etag, organisations, software);
  }

  /** A list was applied. */
  public DirectoryStatus applied(long now, String tag, int organisationCount, int softwareCount) {
    return new DirectoryStatus(
        uri,
        tag,
        nextAttempt,
        firstAttempt,
        lastAttempt,
        now,
        null,
        alarmed,
        organisationCount,
        softwareCount);
  }

  /** Whether its silence was reported. */
  public DirectoryStatus alarmed(boolean now) {
    return new DirectoryStatus(
        uri,
        etag,
        nextAttempt,
        firstAttempt,
        lastAttempt,
        lastSuccess,
        fault,
        now,
        organisations,
        software);
  }
}
