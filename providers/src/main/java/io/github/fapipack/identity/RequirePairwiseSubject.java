package io.github.fapipack.identity;

import io.github.fapipack.ecosystem.AuthenticationRules.SubjectType;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.WholeClient;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.mappers.AbstractPairwiseSubMapper;

/**
 * Where the profile of the realm's ecosystem says so, each sector of clients knows a user by
 * another identifier: a client without Keycloak's pairwise mapper cannot ask for a user.
 */
@RuleId("fapi2-require-pairwise-subject")
@Clause("OIDC 8.1")
public final class RequirePairwiseSubject extends Rule<NoSettings> {

  public RequirePairwiseSubject() {
    super(
        NoSettings.class,
        "Refuses clients that see the same identifier of a user as others, if the ecosystem"
            + " demands pairwise ones.");
  }

  @Override
  public boolean isStanding() {
    return true;
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<ClientModel> client =
        occasion.context() instanceof WholeClient whole
            ? Optional.ofNullable(whole.getTargetClient())
            : OpenIdRequest.client(occasion);
    if (client.isPresent() && isDemanded(occasion) && !isPairwise(client.get())) {
      throw new Refusal(
          "unauthorized_client",
          "users are known by pairwise identifiers here, and the client has none",
          "register subject_type pairwise");
    }
  }

  private static boolean isDemanded(Occasion occasion) {
    return OpenIdRequest.rules(occasion)
        .filter(rules -> rules.subject() == SubjectType.PAIRWISE)
        .isPresent();
  }

  private static boolean isPairwise(ClientModel client) {
    return client
        .getProtocolMappersStream()
        .anyMatch(
            mapper ->
                mapper.getProtocolMapper() != null
                    && mapper
                        .getProtocolMapper()
                        .endsWith(AbstractPairwiseSubMapper.PROVIDER_ID_SUFFIX));
  }
}
