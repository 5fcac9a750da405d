package io.github.fapipack.scheme;

/**
 * What was asked for cannot be done. The message is one lowercase English sentence that says what
 * to do instead; pages translate it.
 */
public final class SchemeFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The kinds of faults, with the HTTP status of each. */
  public enum Kind {
    INVALID(400),
    FORBIDDEN(403),
    /** Also for what exists but is not to be seen. */
    UNKNOWN(404),
    /** Somebody else changed it meanwhile, or it is in use. */
    CONFLICT(409),
    TOO_LARGE(413),
    TOO_MANY(429);

    private final int status;

    Kind(int status) {
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  private final Kind kind;
  private final String field;

  /**
   * @param field the name of the member or form field that is wrong, or null
   */
  public SchemeFault(Kind kind, String field, String sentence) {
    super(sentence);
    this.kind = kind;
    this.field = field;
  }

  public Kind kind() {
    return kind;
  }

  public String field() {
    return field;
  }
}
