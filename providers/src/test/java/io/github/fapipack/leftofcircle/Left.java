package io.github.fapipack.leftofcircle;

import io.github.fapipack.rightofcircle.Right;

/** One half of a circle of packages, by which a test shows that such circles are found. */
public record Left(Right other) {}
