package io.github.fapipack.grantmanagement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.grantmanagement.Grants.Consented;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a grant changes with a new consent of its user (Grant Management 5.2). */
enum GrantChange {
  /**
   * The union of old and new. An object of authorization_details replaces an older one with the
   * same {@code type} and {@code identifier} (RFC 9396 2.2); duplicates are dropped. Without a new
   * expiry the old one stays, so that merging never makes a grant permanent.
   */
  MERGE {
    @Override
    Grant apply(Grant old, Consented now, long time) {
      return with(
          old,
          union(old.scopes(), now.scopes()),
          union(old.claims(), now.claims()),
          union(old.authorizationDetails(), GrantText.normal(now.authorizationDetails())),
          time,
          now.expiresAt() == null ? old.expiresAt() : now.expiresAt(),
          old.validFrom(),
          now.consentId() == null ? old.consentId() : now.consentId(),
          old.managed() || now.managed());
    }
  },

  /** Exactly what is consented now, including the expiry; everything before is void. */
  REPLACE {
    @Override
    Grant apply(Grant old, Consented now, long time) {
      return with(
          old,
          now.scopes(),
          now.claims(),
          now.authorizationDetails(),
          time,
          now.expiresAt(),
          old.generation() + 1,
          now.consentId(),
          old.managed() || now.managed());
    }
  },

  /** The consent stays, but all tokens issued so far become void. */
  VOID_TOKENS {
    @Override
    Grant apply(Grant old, Consented now, long time) {
      return with(
          old,
          old.scopes(),
          old.claims(),
          old.authorizationDetails(),
          old.lastUpdated(),
          old.expiresAt(),
          old.generation() + 1,
          old.consentId(),
          old.managed());
    }
  };

  /**
   * The grant after the change, with the generation increased.
   *
   * @param time seconds since the epoch
   */
  abstract Grant apply(Grant old, Consented now, long time);

  private static Grant with(
      Grant old,
      Set<String> scopes,
      Set<String> claims,
      List<ObjectNode> authorizationDetails,
      long time,
      Long expiresAt,
      int validFrom,
      String consentId,
      boolean managed) {
    return new Grant(
        old.id(),
        old.realmId(),
        old.clientId(),
        old.userId(),
        scopes,
        claims,
        authorizationDetails,
        old.createdAt(),
        time,
        expiresAt,
        old.generation() + 1,
        validFrom,
        consentId,
        managed);
  }

  private static Set<String> union(Set<String> old, Set<String> now) {
    Set<String> union = new LinkedHashSet<>(old);
    union.addAll(now);
    return union;
  }

  private static List<ObjectNode> union(List<ObjectNode> old, List<ObjectNode> now) {
    List<ObjectNode> union = new ArrayList<>(old);
    union.removeIf(
        older ->
            now.stream().anyMatch(newer -> !newer.equals(older) && isSameResource(newer, older)));
    now.stream().filter(newer -> !union.contains(newer)).forEach(union::add);
    return union;
  }

  private static boolean isSameResource(ObjectNode one, ObjectNode other) {
    return text(one, "identifier").isPresent()
        && text(one, "identifier").equals(text(other, "identifier"))
        && text(one, "type").equals(text(other, "type"));
  }

  private static Optional<String> text(ObjectNode object, String member) {
    return Optional.ofNullable(object.get(member))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue);
  }
}
