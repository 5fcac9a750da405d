package io.github.fapipack.httpsig.structured;

import io.github.fapipack.httpsig.structured.BareItem.BooleanItem;
import io.github.fapipack.httpsig.structured.BareItem.BytesItem;
import io.github.fapipack.httpsig.structured.BareItem.DecimalItem;
import io.github.fapipack.httpsig.structured.BareItem.IntegerItem;
import io.github.fapipack.httpsig.structured.BareItem.StringItem;
import io.github.fapipack.httpsig.structured.BareItem.TokenItem;
import java.math.BigDecimal;
import java.util.Base64;

/** Parses keys and bare items (RFC 8941 4.2.3.1, 4.2.3.3 to 4.2.8). */
final class BareItemParser {
  private static final int LONGEST_INTEGER = 15;
  private static final int LONGEST_WHOLE = 12;
  private static final int LONGEST_FRACTION = 3;
  private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~:/";

  private final Scanner scanner;

  BareItemParser(Scanner scanner) {
    this.scanner = scanner;
  }

  String key() throws StructuredFieldException {
    int start = scanner.position();
    if (!Keys.canBegin(scanner.peek())) {
      throw scanner.fail("a key must begin with a lower-case letter or *");
    }
    while (Keys.canGoOn(scanner.peek())) {
      scanner.advance();
    }
    return scanner.since(start);
  }

  BareItem bareItem() throws StructuredFieldException {
    char first = scanner.peek();
    if (first == '-' || Keys.isDigit(first)) {
      return number();
    }
    if (isLetter(first) || first == '*') {
      return token();
    }
    return switch (first) {
      case '"' -> string();
      case ':' -> bytes();
      case '?' -> bool();
      case '@', '%' -> throw scanner.fail("dates and display strings are not supported");
      default -> throw scanner.fail("a value is missing or begins with a wrong character");
    };
  }

  private BareItem number() throws StructuredFieldException {
    int start = scanner.position();
    scanner.skip('-');
    int whole = digits();
    if (whole == 0) {
      throw scanner.fail("a number must have a digit after its sign");
    }
    if (!scanner.skip('.')) {
      if (whole > LONGEST_INTEGER) {
        throw scanner.fail("an integer must have at most 15 digits");
      }
      return new IntegerItem(Long.parseLong(scanner.since(start)));
    }
    int fraction = digits();
    if (whole > LONGEST_WHOLE || fraction == 0 || fraction > LONGEST_FRACTION) {
      throw scanner.fail("a decimal must have at most 12 digits before the point, 1 to 3 after it");
    }
    return new DecimalItem(new BigDecimal(scanner.since(start)));
  }

  private int digits() {
    int start = scanner.position();
    while (Keys.isDigit(scanner.peek())) {
      scanner.advance();
    }
    return scanner.position() - start;
  }

  private BareItem string() throws StructuredFieldException {
    scanner.advance();
    String plain = scanner.plainString();
    if (plain != null) {
      return new StringItem(plain);
    }
    StringBuilder text = new StringBuilder();
    for (char c = scanner.next(); c != '"'; c = scanner.next()) {
      if (c == '\\') {
        c = scanner.next();
        if (c != '"' && c != '\\') {
          throw scanner.fail("a backslash must stand before a quote or a backslash");
        }
      } else if (c < ' ' || c > '~') {
        throw scanner.fail("a string must be printable ASCII");
      }
      text.append(c);
    }
    return new StringItem(text.toString());
  }

  private BareItem token() {
    int start = scanner.position();
    while (isLetter(scanner.peek())
        || Keys.isDigit(scanner.peek())
        || TOKEN_SIGNS.indexOf(scanner.peek()) >= 0) {
      scanner.advance();
    }
    return new TokenItem(scanner.since(start));
  }

  private BareItem bytes() throws StructuredFieldException {
    scanner.advance();
    String encoded = scanner.until(':', "a byte sequence must end with a colon");
    try {
      return new BytesItem(Base64.getDecoder().decode(encoded));
    } catch (IllegalArgumentException notBase64) {
      throw scanner.fail("a byte sequence must be base64");
    }
  }

  private BareItem bool() throws StructuredFieldException {
    scanner.advance();
    return switch (scanner.next()) {
      case '1' -> BooleanItem.TRUE;
      case '0' -> new BooleanItem(false);
      default -> throw scanner.fail("a boolean must be ?0 or ?1");
    };
  }

  private static boolean isLetter(char c) {
    return Keys.isLower(c) || (c >= 'A' && c <= 'Z');
  }
}
