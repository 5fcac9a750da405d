package io.github.fapipack.audit;

/** Looks at what no rule can see of a client when it is saved. */
public interface ClientCheck {

  /** The name under which it reports. */
  String id();

  /** What it looks after, in one sentence. */
  String help();

  /** Reports what is wrong; what it can mend, it mends in the representation. */
  void check(ClientUnderAudit client);
}
