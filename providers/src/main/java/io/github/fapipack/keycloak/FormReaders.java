package io.github.fapipack.keycloak;

import java.util.Arrays;
import java.util.List;

/**
 * The classes that read forms before anything of Keycloak does. They fail on bad escapes, unknown
 * character sets, endless lists and broken parts, with exceptions that many other things throw as
 * well; that one of them has failed is told by the stack trace alone.
 */
public final class FormReaders {

  /** Their names; those of nested classes begin with them. */
  static final List<String> NAMES =
      List.of(
          "org.jboss.resteasy.reactive.common.util.URLUtils",
          "org.jboss.resteasy.reactive.server.core.multipart.FormData",
          "org.jboss.resteasy.reactive.server.core.multipart.FormEncodedDataDefinition",
          "org.jboss.resteasy.reactive.server.core.multipart.MultiPartParserDefinition");

  private FormReaders() {}

  /** Whether a failure comes from one of them, or from what it has called of Java itself. */
  public static boolean haveThrown(Exception failure) {
    return Arrays.stream(failure.getStackTrace())
        .dropWhile(frame -> frame.getClassName().startsWith("java."))
        .limit(1)
        .anyMatch(frame -> NAMES.stream().anyMatch(frame.getClassName()::startsWith));
  }
}
