package io.github.fapipack.httpsig.structured;

import io.github.fapipack.httpsig.structured.BareItem.BooleanItem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A dictionary in its order (RFC 8941 3.2). */
public final class Dictionary {
  private final Map<String, Member> members;

  private Dictionary(Map<String, Member> members) {
    this.members = members;
  }

  /** The dictionary of these members, in their order. */
  public static Dictionary of(Map<String, Member> members) {
    members.keySet().forEach(Keys::require);
    return new Dictionary(new LinkedHashMap<>(members));
  }

  /** Without a copy: the map is not used elsewhere, and the parser has checked its keys. */
  static Dictionary parsed(Map<String, Member> members) {
    return new Dictionary(members);
  }

  /** The members by key, in their order. */
  public Map<String, Member> members() {
    return Collections.unmodifiableMap(members);
  }

  /** The member with a key, if there is one. */
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
