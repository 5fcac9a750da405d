package io.github.fapipack.httpsig.structured;

/** A field value that is not the expected structured field (RFC 8941 4.2). */
public final class StructuredFieldException extends Exception {
  StructuredFieldException(String sentence, int position) {
    super(sentence + " (at character " + position + ")");
  }
}
