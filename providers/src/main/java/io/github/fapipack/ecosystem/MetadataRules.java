package io.github.fapipack.ecosystem;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * What discovery lists.
 *
 * @param claimsSupported claims besides Keycloak's and those of the profile
 * @param scopesSupported all scopes; empty for those of the realm
 */
@JsonNaming(SnakeCaseStrategy.class)
public record MetadataRules(List<String> claimsSupported, List<String> scopesSupported) {

  public MetadataRules {
    claimsSupported = claimsSupported == null ? List.of() : List.copyOf(claimsSupported);
    scopesSupported = scopesSupported == null ? List.of() : List.copyOf(scopesSupported);
  }
}
