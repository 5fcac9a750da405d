package io.github.fapipack.participants;

/** A software has a client already. */
public final class AlreadyRegistered extends Exception {

  private static final long serialVersionUID = 1L;

  AlreadyRegistered(String softwareId) {
    super("software " + softwareId + " has a client already");
  }

  AlreadyRegistered(String softwareId, Exception cause) {
    super("software " + softwareId + " has a client already", cause);
  }
}
