package io.github.fapipack.claims;

import io.github.fapipack.keycloak.ProviderFactories;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.protocol.ProtocolMapper;

/**
 * Restores the claims that rules and Keycloak determine in tokens, ID tokens, userinfo,
 * introspection and token responses, if a protocol mapper changes them: the subject, the audience,
 * the binding, what the user has approved and how the user has authenticated. Whoever may configure
 * a client must not control these; all other claims are free.
 */
@RuleId("fapi2-restrict-protocol-mappers")
@Clause({
  RestrictProtocolMappers.CLAUSE,
  "FAPI2-SP 5.3.2.3-p1",
  "FAPI1-BASE 5.2.2.1-6",
  "RFC9068 2.2"
})
public final class RestrictProtocolMappers extends Rule<RestrictProtocolMappers.Settings> {

  public static final String CLAUSE = "FAPI2-SP 5.3.2.1-4";

  private static final int LONGEST_NAME = 100;

  /** Which audiences Keycloak's Audience mapper may add. */
  public record Settings(
      @Setting(
              label = "Audiences",
              help =
                  "The audiences that mappers of the type Audience may add; empty means any. Other"
                      + " mappers never add one.",
              value = "")
          List<String> audiences) {}

  public RestrictProtocolMappers() {
    super(
        Settings.class,
        "Keeps protocol mappers from writing the claims that rules and Keycloak decide.");
  }

  @Override
  public boolean isStanding() {
    return true;
  }

  @Override
  public void postInit(KeycloakSessionFactory factory) {
    ProviderFactories.replaceAll(factory, ProtocolMapper.class, GatedMapper::before);
  }

  /**
   * The claim that a mapper of one of Keycloak's types is configured to write although it may not;
   * empty if there is none. Mappers of other types must be run to find out.
   */
  public static Optional<String> forbidden(ProtocolMapperModel mapper) {
    return MapperRights.forbidden(mapper);
  }

  @Override
  protected void check(Occasion occasion, Settings settings) {
    if (occasion.context() instanceof MapperRun run
        && !run.isRestored()
        && run.addedAudience().filter(added -> areAllowed(added, settings)).isEmpty()) {
      occasion.correctAnswer(run.getClient(), sentence(run), run::restore);
    }
  }

  private static boolean areAllowed(Set<String> audiences, Settings settings) {
    return settings.audiences().isEmpty() || settings.audiences().containsAll(audiences);
  }

  private static String sentence(MapperRun run) {
    return String.format(
        "protocol mapper '%s' of type %s must not write %s into the %s",
        printable(run.mapper().getName()),
        run.mapper().getProtocolMapper(),
        String.join(", ", run.changed()),
        run.place());
  }

  /** Whoever created the mapper has chosen its name. */
  private static String printable(String name) {
    String shown = name == null ? "" : name.replaceAll("[^\\x20-\\x7e]", "?");
    return shown.length() > LONGEST_NAME ? shown.substring(0, LONGEST_NAME) : shown;
  }
}
