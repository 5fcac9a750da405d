package io.github.fapipack.it.apicheck;

/**
 * How one attack ended.
 *
 * @param seen the answer, or why there is none, in a few words
 */
record Result(Attack attack, Verdict verdict, String seen) {}
