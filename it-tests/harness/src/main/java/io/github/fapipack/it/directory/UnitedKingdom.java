package io.github.fapipack.it.directory;

import java.util.List;
import java.util.Map;

/** Open Banking UK. */
public final class UnitedKingdom implements Ecosystem {
  @Override
  public String template() {
    return "open-banking-uk";
  }

  @Override
  public String keySet() {
    return "openbanking.jwks";
  }

  @Override
  public String country() {
    return "GB";
  }

  @Override
  public List<String> roles() {
    return List.of("AISP", "PISP");
  }

  @Override
  public Map<String, String> organisationWords() {
    return Map.of("Active", "active", "Suspended", "suspended", "Withdrawn", "withdrawn");
  }
}
