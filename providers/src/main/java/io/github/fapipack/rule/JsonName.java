package io.github.fapipack.rule;

import java.util.Locale;

/** How constants stand in JSON, in metrics, in files and in the keys of texts. */
public final class JsonName {

  private JsonName() {}

  /** The name in lower case, with hyphens between its words. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
