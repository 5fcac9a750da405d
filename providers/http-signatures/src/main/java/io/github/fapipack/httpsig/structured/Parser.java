package io.github.fapipack.httpsig.structured;

import io.github.fapipack.httpsig.structured.BareItem.BooleanItem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses one structured field in one pass (RFC 8941 4.2), with the sizes that every parser must
 * support as limits.
 */
final class Parser {
  private static final int MOST_MEMBERS = 1024;
  private static final int MOST_IN_INNER_LIST = 256;
  private static final int MOST_PARAMETERS = 256;

  private final Scanner scanner;
  private final BareItemParser bareItems;

  Parser(String input) throws StructuredFieldException {
    scanner = new Scanner(input);
    bareItems = new BareItemParser(scanner);
  }

  Item item() throws StructuredFieldException {
    scanner.skipSpaces();
    Item item = itemWithParameters();
    end();
    return item;
  }

  List<Member> list() throws StructuredFieldException {
    List<Member> members = new ArrayList<>();
    scanner.skipSpaces();
    while (!scanner.done()) {
      members.add(member());
      limit(members.size(), MOST_MEMBERS, "members");
      betweenMembers();
    }
    return List.copyOf(members);
  }

  Dictionary dictionary() throws StructuredFieldException {
    Map<String, Member> members = new LinkedHashMap<>();
    scanner.skipSpaces();
    while (!scanner.done()) {
      String key = bareItems.key();
      Member member = scanner.skip('=') ? member() : new Item(BooleanItem.TRUE, parameters());
      if (members.put(key, member) != null) {
        throw scanner.fail("the same key comes twice");
      }
      limit(members.size(), MOST_MEMBERS, "members");
      betweenMembers();
    }
    return Dictionary.parsed(members);
  }

  private void betweenMembers() throws StructuredFieldException {
    scanner.skipWhitespace();
    if (scanner.done()) {
      return;
    }
    scanner.expect(',', "a comma must stand between two members");
    scanner.skipWhitespace();
    if (scanner.done()) {
      throw scanner.fail("a comma must not end the field");
    }
  }

  private Member member() throws StructuredFieldException {
    return scanner.peek() == '(' ? innerList() : itemWithParameters();
  }

  private InnerList innerList() throws StructuredFieldException {
    scanner.advance();
    List<Item> items = new ArrayList<>();
    scanner.skipSpaces();
    while (!scanner.skip(')')) {
      items.add(itemWithParameters());
      limit(items.size(), MOST_IN_INNER_LIST, "items in an inner list");
      if (scanner.peek() != ' ' && scanner.peek() != ')') {
        throw scanner.fail(
            "a space must stand between two items, and ) at the end of an inner list");
      }
      scanner.skipSpaces();
    }
    return new InnerList(items, parameters());
  }

  private Item itemWithParameters() throws StructuredFieldException {
    BareItem value = bareItems.bareItem();
    return new Item(value, parameters());
  }

  private Parameters parameters() throws StructuredFieldException {
    if (scanner.peek() != ';') {
      return Parameters.NONE;
    }
    Map<String, BareItem> values = new LinkedHashMap<>();
    while (scanner.skip(';')) {
      scanner.skipSpaces();
      String key = bareItems.key();
      BareItem value = scanner.skip('=') ? bareItems.bareItem() : BooleanItem.TRUE;
      if (values.put(key, value) != null) {
        throw scanner.fail("the same parameter comes twice");
      }
      limit(values.size(), MOST_PARAMETERS, "parameters");
    }
    return Parameters.parsed(values);
  }

  private void end() throws StructuredFieldException {
    scanner.skipSpaces();
    if (!scanner.done()) {
      throw scanner.fail("something follows the value");
    }
  }

  private void limit(int size, int most, String what) throws StructuredFieldException {
    if (size > most) {
      throw scanner.fail("there are more than " + most + " " + what);
    }
  }
}
