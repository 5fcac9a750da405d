package io.github.fapipack.consent;

import com.fasterxml.jackson.databind.JsonNode;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateBooleanModel;
import freemarker.template.TemplateHashModel;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateSequenceModel;
import java.math.BigDecimal;
import java.util.concurrent.atomic.AtomicInteger;

/** The JSON of one object of authorization_details, for a template: read-only. */
final class DetailModel {

  /** The most reads of array elements in one rendering; limits the time of nested loops. */
  private static final int MAX_READS = 10_000;

  private static final int MAX_DIGITS = 60;

  private final AtomicInteger reads = new AtomicInteger();

  TemplateModel of(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> object(node);
      case ARRAY -> array(node);
      case BOOLEAN -> node.asBoolean() ? TemplateBooleanModel.TRUE : TemplateBooleanModel.FALSE;
      case STRING -> new ClientText(node.textValue());
      case NUMBER -> new SimpleScalar(digits(node));
      default -> null;
    };
  }

  private TemplateHashModel object(JsonNode node) {
    return new TemplateHashModel() {
      @Override
      public TemplateModel get(String name) {
        JsonNode member = node.get(name);
        return member == null ? null : of(member);
      }

      @Override
      public boolean isEmpty() {
        return node.isEmpty();
      }
    };
  }

  private TemplateSequenceModel array(JsonNode node) {
    return new TemplateSequenceModel() {
      @Override
      public TemplateModel get(int index) throws TemplateModelException {
        if (reads.incrementAndGet() > MAX_READS) {
          throw new TemplateModelException("reads more than " + MAX_READS + " elements");
        }
        JsonNode element = node.get(index);
        return element == null ? null : of(element);
      }

      @Override
      public int size() {
        return node.size();
      }
    };
  }

  /** 1e999999999 is a short number with very many digits. */
  static String digits(JsonNode number) {
    if (!number.isBigDecimal() && !number.isFloatingPointNumber()) {
      return number.asText();
    }
    BigDecimal value = number.decimalValue();
    return value.precision() + Math.abs((long) value.scale()) > MAX_DIGITS
        ? value.toString()
        : value.toPlainString();
  }
}
