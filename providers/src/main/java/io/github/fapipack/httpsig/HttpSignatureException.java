package io.github.fapipack.httpsig;

import java.util.Optional;

/**
 * Why a message could not be signed, or why its signature or digest does not count: a reason for
 * programs, and a sentence for people that names the label and the component. It never carries a
 * field's value, and what it quotes of the message is printable ASCII of bounded length.
 */
public final class HttpSignatureException extends Exception {

  /** What kind of failure it is. */
  public enum Reason {
    /** The message carries no signature, digest or field where one is needed. */
    ABSENT,
    /** A field or an identifier breaks its grammar, or one half of a signature is missing. */
    MALFORMED,
    /** RFC 9421 has it, this library does not; or it has no meaning in this message. */
    UNSUPPORTED,
    /** The signature does not cover what the policy requires. */
    UNCOVERED,
    /** A parameter that the policy requires is missing or has another value. */
    WRONG_PARAMETER,
    /** Created too long ago or in the future, or expired. */
    OUT_OF_TIME,
    /** No key that the verifier trusts fits. */
    UNKNOWN_KEY,
    /** The key is too weak, or not of the kind that its algorithm needs. */
    UNSUITABLE_KEY,
    /** The message names another algorithm than the key's. */
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

  /** A failure that is not, or not yet, tied to one signature. */
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

  /** The label of the signature that it is about. */
  public Optional<String> label() {
    return Optional.ofNullable(label);
  }

  /** The identifier of the component that it is about, as Signature-Input writes it. */
  public Optional<String> component() {
    return Optional.ofNullable(component);
  }

  @Override
  public String getMessage() {
    return (label == null ? "" : "signature " + shortened(label) + ": ")
        + (component == null ? "" : "component " + shortened(component) + ": ")
        + sentence;
  }

  /** The same failure, tied to a signature. */
  HttpSignatureException in(String ofLabel) {
    return new HttpSignatureException(reason, sentence, ofLabel, component, this);
  }

  /** The same failure, tied to a component. */
  HttpSignatureException at(Component of) {
    return new HttpSignatureException(reason, sentence, label, of.identifier(), this);
  }

  /** At most {@value #LONGEST_NAME} characters, none of which breaks a log line or a header. */
  static String shortened(String name) {
    String printable = name.replaceAll("[^ -~]", "?");
    return printable.length() <= LONGEST_NAME
        ? printable
        : printable.substring(0, LONGEST_NAME) + "...";
  }
}
