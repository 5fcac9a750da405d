package io.github.fapipack.httpsig;

/** One line of a header section, unchanged; names are compared without regard to case. */
public record HttpField(String name, String value) {}
