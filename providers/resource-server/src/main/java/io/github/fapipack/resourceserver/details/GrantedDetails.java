package io.github.fapipack.resourceserver.details;

import java.util.List;
import java.util.Map;

/** What a user has approved: the authorization details of a token (RFC 9396). */
public final class GrantedDetails {
  private final List<Map<String, Object>> details;

  public GrantedDetails(List<Map<String, Object>> details) {
    this.details = List.copyOf(details);
  }

  /** The objects as granted. */
  public List<Map<String, Object>> all() {
    return details;
  }
}
