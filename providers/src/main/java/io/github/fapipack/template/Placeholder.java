package io.github.fapipack.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A name in braces for which a value is filled in, such as <code>{software.name}</code>. Behind a
 * bar it can say in which form: <code>{software.role_names|joined}</code>.
 */
final class Placeholder implements Piece {

  /** The forms other than the value itself. */
  private enum Form {
    /** A list as one text with spaces between its elements. */
    JOINED(Kind.TEXTS),
    /** A text that is a number as a number. */
    NUMBER(Kind.TEXT),
    /** A point in time as its day, such as {@code 2026-12-01}. */
    DATE(Kind.INSTANT),
    /** A point in time such as {@code 2026-12-01T08:00:00Z}. */
    TIME(Kind.INSTANT);

    private final Kind of;

    Form(Kind of) {
      this.of = of;
    }
  }

  private static final Pattern NUMBER = Pattern.compile("(0|[1-9][0-9]{0,8})(\\.[0-9]{1,9})?");

  private final String owner;
  private final String name;
  private final Kind kind;
  private final Form form;

  private Placeholder(String owner, String name, Kind kind, Form form) {
    this.owner = owner;
    this.name = name;
    this.kind = kind;
    this.form = form;
  }

  /**
   * @param text what is between the braces
   * @throws IllegalArgumentException if nothing has that name, or if it has no such form
   */
  static Placeholder parse(String text, Vocabulary vocabulary) {
    int bar = text.indexOf('|');
    String whole = bar < 0 ? text : text.substring(0, bar);
    Kind kind =
        vocabulary
            .kind(whole)
            .orElseThrow(
                () -> new IllegalArgumentException("there is no placeholder {" + whole + "} here"));
    Form form = bar < 0 ? null : form(text.substring(bar + 1), kind);
    int dot = whole.indexOf('.');
    String owner = dot < 0 ? "" : whole.substring(0, dot);
    return new Placeholder(owner, whole.substring(dot + 1), kind, form);
  }

  private static Form form(String name, Kind kind) {
    for (Form form : Form.values()) {
      if (form.of == kind && form.name().equalsIgnoreCase(name)) {
        return form;
      }
    }
    throw new IllegalArgumentException("the value has no form '" + name + "'");
  }

  /** Whether it can be a part of a text. */
  boolean isText() {
    return kind != Kind.TEXTS || form == Form.JOINED;
  }

  @Override
  public JsonNode fill(Values values) {
    JsonNode value = values.find(owner, name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    return switch (kind) {
      case TEXT -> text(Values.clean(value.asText()));
      case INSTANT -> instant(value.asLong());
      case TEXTS -> list(value);
    };
  }

  private JsonNode text(String value) {
    if (value == null) {
      return null;
    }
    return form == Form.NUMBER && NUMBER.matcher(value).matches()
        ? DecimalNode.valueOf(new BigDecimal(value))
        : TextNode.valueOf(value);
  }

  private JsonNode instant(long seconds) {
    Instant instant = Instant.ofEpochSecond(seconds);
    return switch (Optional.ofNullable(form).orElse(Form.JOINED)) {
      case DATE -> TextNode.valueOf(instant.atOffset(ZoneOffset.UTC).toLocalDate().toString());
      case TIME -> TextNode.valueOf(instant.toString());
      default -> LongNode.valueOf(seconds);
    };
  }

  private JsonNode list(JsonNode value) {
    if (form == Form.JOINED) {
      String joined = String.join(" ", Values.texts(value));
      return joined.isEmpty() ? null : TextNode.valueOf(joined);
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    Values.texts(value).forEach(list::add);
    return list;
  }
}
