package io.github.fapipack.it.directory;

import java.util.List;
import java.util.Map;

/** Open Finance Brasil. */
public final class Brazil implements Ecosystem {
  @Override
  public String template() {
    return "open-finance-brazil";
  }

  @Override
  public String keySet() {
    return "openbanking.jwks";
  }

  @Override
  public String country() {
    return "BR";
  }

  @Override
  public List<String> roles() {
    return List.of("DADOS", "PAGTO");
  }

  @Override
  public Map<String, String> organisationWords() {
    return Map.of("Active", "active", "Inactive", "suspended", "Withdrawn", "withdrawn");
  }
}
