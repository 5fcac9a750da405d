package io.github.fapipack.grantmanagement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.grantmanagement.Grants.Consented;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** The table of grants with a clock to turn; each call is a transaction of its own. */
final class Store {
  static final String REALM = "realm";
  static final String CLIENT = "client";
  static final String USER = "user";

  private static final ObjectMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final Database database;
  private final GrantLimits limits;
  final AtomicLong clock = new AtomicLong(1_000_000);

  Store(Database database) {
    this(database, GrantLimits.DEFAULT);
  }

  Store(Database database, GrantLimits limits) {
    this.database = database;
    this.limits = limits;
  }

  <T> T with(Function<GrantTable, T> work) {
    return database.inTransaction(
        entities -> work.apply(new GrantTable(entities, limits, clock::get)));
  }

  Grant create(Consented consented) {
    return create(CLIENT, USER, consented);
  }

  Grant create(String client, String user, Consented consented) {
    return with(table -> table.create(newId(), REALM, client, user, consented));
  }

  Optional<Grant> find(String id) {
    return with(table -> table.find(REALM, id));
  }

  Optional<Grant> change(String id, GrantChange change, Consented consented) {
    return with(table -> table.change(REALM, id, change, consented));
  }

  boolean delete(String id) {
    return with(table -> table.delete(REALM, id));
  }

  List<Grant> list(String client, String user) {
    return with(table -> table.list(REALM, client, user, -1, -1));
  }

  /** Rows, whatever their state. */
  long rows() {
    return database.inTransaction(
        entities ->
            entities
                .createQuery("select count(g) from GrantEntity g", Long.class)
                .getSingleResult());
  }

  static String newId() {
    return (UUID.randomUUID() + "-" + UUID.randomUUID()).substring(0, 43);
  }

  static Consented scopes(String... scopes) {
    return new Consented(Set.of(scopes), Set.of(), List.of(), null);
  }

  static Consented details(String... objects) {
    return new Consented(Set.of(), Set.of(), objects(objects), null);
  }

  static Consented until(Long expiresAt) {
    return new Consented(Set.of("openid"), Set.of(), List.of(), expiresAt);
  }

  static List<ObjectNode> objects(String... objects) {
    return Arrays.stream(objects).map(Store::object).toList();
  }

  private static ObjectNode object(String json) {
    try {
      return (ObjectNode) EXACT.readTree(json.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
