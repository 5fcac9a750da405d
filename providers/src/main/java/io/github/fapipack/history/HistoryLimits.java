package io.github.fapipack.history;

/**
 * How much is kept of a realm's history.
 *
 * @param entries the latest so many
 * @param documentSize characters of one document, as it is stored
 * @param realmSize characters of all documents of a realm, as they are stored; those of the oldest
 *     entries go first
 */
public record HistoryLimits(int entries, int documentSize, long realmSize) {

  /** Documents of 10,000 clients have less than a megabyte as they are stored. */
  public static final HistoryLimits DEFAULT = new HistoryLimits(200, 4_000_000, 16_000_000);
}
