package io.github.fapipack.it.directory;

import java.util.List;
import java.util.Map;

/** Australia's Consumer Data Right. */
public final class ConsumerDataRight implements Ecosystem {
  @Override
  public String template() {
    return "cdr-australia";
  }

  @Override
  public String keySet() {
    return "cdr-register.jwks";
  }

  @Override
  public String country() {
    return "AU";
  }

  @Override
  public List<String> roles() {
    return List.of("data-recipient-software-product");
  }

  @Override
  public Map<String, String> organisationWords() {
    return Map.of("ACTIVE", "active", "SUSPENDED", "suspended", "REVOKED", "withdrawn");
  }

  @Override
  public Map<String, String> softwareWords() {
    return Map.of("ACTIVE", "active", "INACTIVE", "suspended", "REMOVED", "withdrawn");
  }
}
