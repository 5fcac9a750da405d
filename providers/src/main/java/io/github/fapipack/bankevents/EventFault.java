package io.github.fapipack.bankevents;

/**
 * Why an event is not accepted. The message is for its sender, and repeats nothing of the event.
 */
final class EventFault extends Exception {

  private static final long serialVersionUID = 1L;

  private final String code;

  private EventFault(String code, String message) {
    super(message);
    this.code = code;
  }

  /** The event is not well formed, or lacks something (RFC 8935 2.4). */
  static EventFault request(String sentence) {
    return new EventFault("invalid_request", sentence);
  }

  /** The event is of another issuer. */
  static EventFault issuer(String sentence) {
    return new EventFault("invalid_issuer", sentence);
  }

  /** The event is for another realm. */
  static EventFault audience(String sentence) {
    return new EventFault("invalid_audience", sentence);
  }

  /** The signature cannot be verified with the keys of the issuer. */
  static EventFault key(String sentence) {
    return new EventFault("invalid_key", sentence);
  }

  /** The keys of the issuer cannot be had now. */
  static EventFault temporary() {
    return new EventFault(null, "the keys of the consent service cannot be had now");
  }

  /** An error code of RFC 8935 2.4. */
  String code() {
    return code;
  }

  boolean isTemporary() {
    return code == null;
  }
}
