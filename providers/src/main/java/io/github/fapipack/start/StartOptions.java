package io.github.fapipack.start;

import java.util.Set;

/** The operator's options: a version to try, empty for none, and parts to do without. */
record StartOptions(String untestedKeycloak, Set<String> without) {
  static final StartOptions NONE = new StartOptions("", Set.of());
}
