package io.github.fapipack.history;

/**
 * The limits of a realm's history.
 *
 * @param entries how many entries are kept
 * @param documentSize characters of one document, as it is stored
 * @param realmSize characters of all documents of a realm, as they are stored; the oldest ones are
 *     deleted first
 */
public record HistoryLimits(int entries, int documentSize, long realmSize) {

  /** Stored documents about 10,000 clients have less than a megabyte. */
  public static final HistoryLimits DEFAULT = new HistoryLimits(200, 4_000_000, 16_000_000);
}
