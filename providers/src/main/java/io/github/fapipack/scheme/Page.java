package io.github.fapipack.scheme;

import java.util.List;

/** A part of a list, and how long the whole list is. */
public record Page<T>(List<T> entries, int first, long total) {}
