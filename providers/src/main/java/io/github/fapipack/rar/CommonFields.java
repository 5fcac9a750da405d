package io.github.fapipack.rar;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.rule.Clause;

/**
 * The members that have the same meaning in every type, whatever its schema says (RFC 9396 2.2).
 */
@Clause("RFC9396 2.2-1")
final class CommonFields {

  static final DetailsSchema SCHEMA = new DetailsSchema(schema());

  private CommonFields() {}

  private static ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    ObjectNode members = schema.putObject("properties");
    for (String name : new String[] {"locations", "actions", "datatypes", "privileges"}) {
      members.putObject(name).put("type", "array").putObject("items").put("type", "string");
    }
    members.putObject("identifier").put("type", "string");
    return schema;
  }
}
