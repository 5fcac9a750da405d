package io.github.fapipack.resourceserver.jws;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Looks through a text for what the JSON parser would let pass: nesting that is too deep, and
 * members that come twice. It does not check the rest of the grammar.
 */
final class JsonStructure {
  private static final int DEEPEST = 16;
  private static final Set<String> ARRAY = Set.of();

  private final String text;
  private final Deque<Set<String>> open = new ArrayDeque<>();
  private int position;

  JsonStructure(String text) {
    this.text = text;
  }

  /**
   * Looks through the whole text.
   *
   * @throws MalformedJws if it is no object, is too deep, or has a member twice
   */
  void require() throws MalformedJws {
    skipSpace();
    if (position == text.length() || text.charAt(position) != '{') {
      throw new MalformedJws("is not a JSON object");
    }
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c == '"') {
        string();
      } else if (c == '{') {
        open(new HashSet<>());
      } else if (c == '[') {
        open(ARRAY);
      } else if ((c == '}' || c == ']') && open.poll() == null) {
        throw new MalformedJws("is not a JSON object");
      }
    }
  }

  private void open(Set<String> members) throws MalformedJws {
    if (open.size() == DEEPEST) {
      throw new MalformedJws("is nested deeper than this API reads");
    }
    open.push(members);
  }

  /** A string that a colon follows is the name of a member. */
  private void string() throws MalformedJws {
    int start = position;
    boolean escaped = false;
    while (position < text.length() && text.charAt(position) != '"') {
      boolean escape = text.charAt(position) == '\\';
      escaped |= escape;
      position += escape ? 2 : 1;
    }
    int end = Math.min(position, text.length());
    position = end + 1;
    skipSpace();
    if (position < text.length() && text.charAt(position) == ':') {
      String name = text.substring(start, end);
      note(escaped ? unescaped(name) : name);
    }
  }

  private void note(String name) throws MalformedJws {
    Set<String> members = open.peek();
    if (members == null || members == ARRAY) {
      throw new MalformedJws("is not a JSON object");
    }
    if (!members.add(name)) {
      throw new MalformedJws("has a member twice");
    }
  }

  private static String unescaped(String name) throws MalformedJws {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '\\') {
        plain.append(c);
      } else if (name.startsWith("u", i + 1)) {
        plain.append(hexadecimal(name, i + 2));
        i += 5;
      } else {
        i++;
        int which = "bfnrt".indexOf(name.charAt(i));
        plain.append(which < 0 ? name.charAt(i) : "\b\f\n\r\t".charAt(which));
      }
    }
    return plain.toString();
  }

  private static char hexadecimal(String name, int start) throws MalformedJws {
    try {
      return (char) Integer.parseUnsignedInt(name, start, start + 4, 16);
    } catch (NumberFormatException | IndexOutOfBoundsException notHexadecimal) {
      throw new MalformedJws("is not a JSON object");
    }
  }

  private void skipSpace() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }
}
