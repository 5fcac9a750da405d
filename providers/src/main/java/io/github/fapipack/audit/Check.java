package io.github.fapipack.audit;

import java.util.function.Consumer;

/** Looks at what no rule can see, in the realm as a whole or in its server. */
public interface Check {

  /** The name under which it reports. */
  String id();

  /** What it looks after, in one sentence. */
  String help();

  void check(RealmUnderAudit realm, Consumer<Finding> findings);
}
