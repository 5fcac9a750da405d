package io.github.fapipack.history;

/**
 * A change that an administrator has made in a realm.
 *
 * @param id created by {@link HistoryTable#newId}
 * @param time milliseconds since 1970
 * @param kind the kind of change: an apply, an undo, a change of mode
 * @param facts further facts about it, as a JSON object
 * @param document the state of the document that undoes it
 * @param undone set if it was undone, otherwise null
 */
public record HistoryEntry(
    String id,
    String realmId,
    long time,
    String kind,
    Who who,
    String facts,
    Document document,
    Undone undone) {

  /**
   * The administrator, as named in the access token.
   *
   * @param clientId the client that the administrator used
   * @param realm the name of the realm in which the administrator had logged in
   */
  public record Who(String userId, String userName, String clientId, String realm) {}

  /**
   * Says that an entry was undone.
   *
   * @param time milliseconds since 1970
   * @param userName who did it
   * @param entryId the history entry of the undo
   */
  public record Undone(long time, String userName, String entryId) {}

  /** The state of the document that undoes an entry. */
  public enum Document {
    /** It is stored. */
    KEPT,
    /** It was larger than the limit for one entry. */
    TOO_LARGE,
    /** It was deleted in favour of those of later entries. */
    DROPPED
  }

  /** Whether it can be undone, as far as the history knows. */
  public boolean canBeUndone() {
    return undone == null && document == Document.KEPT;
  }
}
