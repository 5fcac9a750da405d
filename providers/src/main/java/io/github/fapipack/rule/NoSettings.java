package io.github.fapipack.rule;

/** The settings of a rule that has none. */
public record NoSettings() {}
