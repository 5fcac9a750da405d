package io.github.fapipack.rule;

import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;

/**
 * Asks a rule what it would say if a client were saved now, whether or not a policy of the realm
 * has the rule. Nothing is counted or logged as a refusal, and corrections change only the
 * representation.
 */
public final class Trial {

  private static final Logger LOGGER = Logger.getLogger(Trial.class);

  private Trial() {}

  /**
   * Tries a rule.
   *
   * @param configuration the rule's settings as a profile holds them
   * @return its refusal, if it refuses
   */
  public static <S extends Record> Optional<Refusal> of(
      KeycloakSession session,
      Rule<S> rule,
      Map<String, Object> configuration,
      ClientCRUDContext saving) {
    RuleSettings.Parsed<S> parsed = rule.settings().parse(configuration);
    Occasion occasion =
        new Occasion(session, saving, rule, parsed.specification(), () -> Mode.ENFORCE);
    try {
      rule.check(occasion, parsed.settings());
      return Optional.empty();
    } catch (Refusal refusal) {
      return Optional.of(refusal);
    } catch (RuntimeException e) {
      // As in RuleExecutor: a rule that fails is not passed.
      LOGGER.debugf(e, "%s could not check a client", rule.getId());
      return Optional.of(
          Refusal.invalidRequest(
              "the client's data are broken, so that this rule cannot read them"));
    }
  }
}
