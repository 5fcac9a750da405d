package io.github.fapipack.audit;

import java.util.function.Consumer;

/** Checks what rules cannot see, in the realm as a whole or in its server. */
public interface Check {

  /** The id in its findings. */
  String id();

  /** What it checks, in one sentence. */
  String help();

  void check(RealmUnderAudit realm, Consumer<Finding> findings);
}
