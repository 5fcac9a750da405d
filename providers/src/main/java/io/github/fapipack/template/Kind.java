package io.github.fapipack.template;

/** What a value of a placeholder is. */
enum Kind {
  TEXT,
  /** A list of texts. */
  TEXTS,
  /** A point in time, as seconds since 1970. */
  INSTANT
}
