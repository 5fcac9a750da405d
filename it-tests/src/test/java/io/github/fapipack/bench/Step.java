package io.github.fapipack.bench;

import java.util.Locale;

/** The requests of a flow and of what follows it, in their order. */
enum Step {
  PAR,
  AUTHORIZATION,
  TOKEN,
  REFRESH,
  USERINFO,
  INTROSPECTION;

  /** As tables and files call it. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
