package io.github.fapipack.audit;

/** Checks properties of a client that rules cannot see when it is saved. */
public interface ClientCheck {

  /** The id in its findings. */
  String id();

  /** What it checks, in one sentence. */
  String help();

  /** Reports what is wrong; what can be repaired is repaired in the representation. */
  void check(ClientUnderAudit client);
}
