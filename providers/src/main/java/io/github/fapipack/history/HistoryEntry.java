package io.github.fapipack.history;

/**
 * Something that an administrator has changed in a realm.
 *
 * @param id given by {@link HistoryTable#newId}
 * @param time milliseconds since 1970
 * @param kind what it was: an apply, an undo, a change of mode
 * @param facts the rest of what is to be said of it, as a JSON object
 * @param document what became of the document that takes it back
 * @param undone that it was taken back; null if it was not
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
   * The administrator, as the access token named him.
   *
   * @param clientId the client by which he did it
   * @param realm the name of the realm in which he had logged in
   */
  public record Who(String userId, String userName, String clientId, String realm) {}

  /**
   * That an entry was taken back.
   *
   * @param time milliseconds since 1970
   * @param userName who did it
   * @param entryId the entry that tells of it
   */
  public record Undone(long time, String userName, String entryId) {}

  /** What became of the document that takes an entry back. */
  public enum Document {
    /** It is there. */
    KEPT,
    /** It was larger than what is kept of one entry. */
    TOO_LARGE,
    /** It gave way to those of later entries. */
    DROPPED
  }

  /** Whether it can be taken back, as far as the history knows. */
  public boolean canBeUndone() {
    return undone == null && document == Document.KEPT;
  }
}
