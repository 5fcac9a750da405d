package io.github.fapipack.httpsig.structured;

import io.github.fapipack.httpsig.structured.BareItem.BooleanItem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A dictionary in its order (RFC 8941 3.2). */
public record Dictionary(Map<String, Member> members) {

  public Dictionary {
    members.keySet().forEach(Keys::require);
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** The member of a key, if it is there. */
  public Optional<Member> get(String key) {
    return Optional.ofNullable(members.get(key));
  }

  /** RFC 8941 4.1.2. */
  public String serialize() {
    return members.entrySet().stream()
        .map(member -> member.getKey() + after(member.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String after(Member member) {
    boolean bare = member instanceof Item item && item.value().equals(BooleanItem.TRUE);
    return bare ? member.parameters().serialize() : '=' + member.serialize();
  }
}
