package io.github.fapipack.httpsig.structured;

import java.util.List;
import java.util.stream.Collectors;

/** The three top-level types of a structured field (RFC 8941 3), each with its parser. */
public enum FieldType {
  ITEM {
    @Override
    public String canonical(String value) throws StructuredFieldException {
      return parseItem(value).serialize();
    }
  },
  LIST {
    @Override
    public String canonical(String value) throws StructuredFieldException {
      return parseList(value).stream().map(Member::serialize).collect(Collectors.joining(", "));
    }
  },
  DICTIONARY {
    @Override
    public String canonical(String value) throws StructuredFieldException {
      return parseDictionary(value).serialize();
    }
  };

  /** The value parsed and serialized again, which is what {@code ;sf} signs (RFC 9421 2.1.1). */
  public abstract String canonical(String value) throws StructuredFieldException;

  /** RFC 8941 4.2.3. */
  public static Item parseItem(String value) throws StructuredFieldException {
    return new Parser(value).item();
  }

  /** RFC 8941 4.2.1. */
  public static List<Member> parseList(String value) throws StructuredFieldException {
    return new Parser(value).list();
  }

  /** RFC 8941 4.2.2; a duplicate key is refused, whereas the RFC lets the last one win. */
  public static Dictionary parseDictionary(String value) throws StructuredFieldException {
    return new Parser(value).dictionary();
  }
}
