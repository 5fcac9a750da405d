package io.github.fapipack.httpsig;

import java.util.Optional;

/**
 * Why a message could not be signed, or why its signature or digest is not valid: a reason for
 * programs, and a sentence for people that names the label and the component. It never contains the
 * value of a field, and what it quotes is printable ASCII of limited length.
 */
public final class HttpSignatureException extends Exception {

  /** What kind of failure it is. */
  public enum Reason {
    /** A signature, digest or field that is required is missing. */
    ABSENT,
    /** A field or an identifier is malformed, or one half of a signature is missing. */
    MALFORMED,
    /**
     * Defined in RFC 9421 but not supported by this library, or without meaning in this message.
     */
    UNSUPPORTED,
    /** The signature does not cover a component that the policy requires. */
    UNCOVERED,
    /** A parameter that the policy requires is missing or has another value. */
    WRONG_PARAMETER,
    /** Created too long ago or in the future, or expired. */
    OUT_OF_TIME,
    /** None of the verifier's trusted keys fits. */
    UNKNOWN_KEY,
    /** The key is too weak, or of the wrong kind for its algorithm. */
    UNSUITABLE_KEY,
    /** The message names another algorithm than that of the key. */
    WRONG_ALGORITHM,
    /** The signature was not made by this key over this message. */
    MISMATCH,
    /** The digest is not that of the content. */
    WRONG_DIGEST,
    /** The nonce was refused. */
    NONCE_REFUSED
  }

  private static final int LONGEST_NAME = 100;

  private final Reason reason;
  private final String sentence;
  private final String label;
  private final String component;

  /** A failure that does not, or not yet, concern a single signature. */
  public HttpSignatureException(Reason reason, String sentence) {
    this(reason, sentence, null, null, null);
  }

  /** A failure with its cause. */
  public HttpSignatureException(Reason reason, String sentence, Throwable cause) {
    this(reason, sentence, null, null, cause);
  }

  private HttpSignatureException(
      Reason reason, String sentence, String label, String component, Throwable cause) {
    super(cause);
    this.reason = reason;
    this.sentence = sentence;
    this.label = label;
    this.component = component;
  }

  public Reason reason() {
    return reason;
  }

  /** The label of the signature concerned. */
  public Optional<String> label() {
    return Optional.ofNullable(label);
  }

  /** The identifier of the component concerned, as in Signature-Input. */
  public Optional<String> component() {
    return Optional.ofNullable(component);
  }

  @Override
  public String getMessage() {
    return (label == null ? "" : "signature " + shortened(label) + ": ")
        + (component == null ? "" : "component " + shortened(component) + ": ")
        + sentence;
  }

  /** A copy that names the signature concerned. */
  HttpSignatureException in(String ofLabel) {
    return new HttpSignatureException(reason, sentence, ofLabel, component, this);
  }

  /** A copy that names the component concerned. */
  HttpSignatureException at(Component of) {
    return new HttpSignatureException(reason, sentence, label, of.identifier(), this);
  }

  /**
   * At most {@value #LONGEST_NAME} characters, without any that would break a log line or a header.
   */
  static String shortened(String name) {
    String printable = name.replaceAll("[^ -~]", "?");
    return printable.length() <= LONGEST_NAME
        ? printable
        : printable.substring(0, LONGEST_NAME) + "...";
  }
}
