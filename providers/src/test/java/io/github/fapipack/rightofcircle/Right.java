package io.github.fapipack.rightofcircle;

import io.github.fapipack.leftofcircle.Left;

/** One half of a circle of packages, by which a test shows that such circles are found. */
public record Right(Left other) {}
