package io.github.fapipack.resourceserver.routes;

import java.util.List;

/** A method and the pattern of a path, such as {@code GET /accounts/**}. */
record Operation(String method, List<String> pattern) {
  private static final String ANY_METHOD = "*";
  private static final String ANY_SEGMENT = "*";
  private static final String ANY_REST = "**";

  Operation {
    pattern = List.copyOf(pattern);
  }

  /**
   * Reads the text of a rule.
   *
   * @throws IllegalArgumentException says what is wrong with it
   */
  static Operation parse(String text) {
    int space = text.indexOf(' ');
    String path = text.substring(space + 1).strip();
    if (space < 1 || !path.startsWith("/")) {
      throw new IllegalArgumentException(
          "an operation is a method, a space and a path, such as GET /accounts/**: " + text);
    }
    try {
      List<String> segments = PathSegments.of(path);
      int rest = segments.indexOf(ANY_REST);
      if (rest >= 0 && rest < segments.size() - 1) {
        throw new IllegalArgumentException("** must be the last segment of a path: " + text);
      }
      for (String segment : segments) {
        checkWildcard(segment, text);
      }
      return new Operation(text.substring(0, space), segments);
    } catch (AmbiguousPath ambiguous) {
      throw new IllegalArgumentException(ambiguous.getMessage() + ": " + text, ambiguous);
    }
  }

  private static void checkWildcard(String segment, String text) {
    boolean wildcard = segment.equals(ANY_SEGMENT) || segment.equals(ANY_REST);
    if (!wildcard && (segment.contains("*") || segment.contains("{"))) {
      throw new IllegalArgumentException(
          "a segment is a text, * for any one, or ** for any that follow: " + text);
    }
  }

  /** Whether it takes that method; GET takes HEAD, which is the same without the content. */
  boolean takes(String sent) {
    return method.equals(sent)
        || method.equals(ANY_METHOD)
        || (sent.equals("HEAD") && method.equals("GET"));
  }

  /** Whether the path is one of its paths. */
  boolean has(List<String> path, boolean ignoreCase) {
    int wanted = pattern.size();
    boolean open = wanted > 0 && pattern.get(wanted - 1).equals(ANY_REST);
    if (open ? path.size() < wanted - 1 : path.size() != wanted) {
      return false;
    }
    for (int i = 0; i < (open ? wanted - 1 : wanted); i++) {
      String literal = pattern.get(i);
      String segment = path.get(i);
      if (!literal.equals(ANY_SEGMENT)
          && !(ignoreCase ? literal.equalsIgnoreCase(segment) : literal.equals(segment))) {
        return false;
      }
    }
    return true;
  }

  /** Whether it says more than another one that has the same path. */
  boolean isCloserThan(Operation other, String sent) {
    int common = Math.min(pattern.size(), other.pattern.size());
    for (int i = 0; i < common; i++) {
      int difference = weight(pattern.get(i)) - weight(other.pattern.get(i));
      if (difference != 0) {
        return difference > 0;
      }
    }
    if (pattern.size() != other.pattern.size()) {
      // /accounts comes before /accounts/**, which has it too.
      return pattern.size() < other.pattern.size();
    }
    return weightOfMethod(sent) > other.weightOfMethod(sent);
  }

  private static int weight(String segment) {
    return switch (segment) {
      case ANY_REST -> 0;
      case ANY_SEGMENT -> 1;
      default -> 2;
    };
  }

  private int weightOfMethod(String sent) {
    if (method.equals(sent)) {
      return 2;
    }
    return method.equals(ANY_METHOD) ? 0 : 1;
  }

  @Override
  public String toString() {
    return method + " /" + String.join("/", pattern);
  }
}
