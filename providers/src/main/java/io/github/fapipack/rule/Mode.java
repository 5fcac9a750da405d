package io.github.fapipack.rule;

/** What a rule does with a request that breaks it. */
public enum Mode {
  /** Refuse the request. */
  ENFORCE,
  /** Let the request pass and record what would have been refused. */
  REPORT
}
