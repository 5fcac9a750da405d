package io.github.fapipack.rule;

import jakarta.ws.rs.WebApplicationException;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ClientPolicyExecutorConfigurationRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;

/**
 * Runs a rule within one request: reads its settings, applies its mode, and refuses the request if
 * the check itself fails.
 */
final class RuleExecutor<S extends Record>
    implements ClientPolicyExecutorProvider<ClientPolicyExecutorConfigurationRepresentation> {

  private static final Logger LOGGER = Logger.getLogger(Rule.class);

  private final Rule<S> rule;
  private final KeycloakSession session;
  private RuleSettings.Parsed<S> parsed;

  RuleExecutor(Rule<S> rule, KeycloakSession session) {
    this.rule = rule;
    this.session = session;
  }

  RuleExecutor(Rule<S> rule, KeycloakSession session, RuleSettings.Parsed<S> parsed) {
    this(rule, session);
    this.parsed = parsed;
  }

  @Override
  public void setupConfiguration(ClientPolicyExecutorConfigurationRepresentation config) {
    parsed = rule.settings().parse(config == null ? Map.of() : config.getConfigAsMap());
  }

  @Override
  public void executeOnEvent(ClientPolicyContext context) throws Refusal {
    if (context instanceof PackEvent event && !event.concerns(rule)) {
      return;
    }
    Occasion occasion =
        new Occasion(session, context, rule, parsed.specification(), () -> mode(context));
    try {
      rule.check(occasion, parsed.settings());
    } catch (Refusal refusal) {
      refuse(occasion, refusal);
    } catch (WebApplicationException e) {
      throw e;
    } catch (RuntimeException e) {
      // An unexpected failure must not let the request pass. It is reported as the sender's error,
      // not as a server error, because the sender's input caused it.
      LOGGER.errorf(e, "%s could not check a request", rule.getId());
      refuse(
          occasion, Refusal.invalidRequest("the request could not be checked, so it is refused"));
    }
  }

  /** A rule in report mode reports for every client; otherwise the realm's rollout decides. */
  private Mode mode(ClientPolicyContext context) {
    if (context instanceof PackEvent event && event.isAlwaysEnforced()) {
      return Mode.ENFORCE;
    }
    if (parsed.mode() == Mode.REPORT) {
      return Mode.REPORT;
    }
    Rollout rollout = Rollout.of(session.getContext().getRealm());
    return context instanceof ClientCRUDContext crud && crud.getTargetClient() == null
        ? rollout.modeFor(proposedClientId(crud))
        : rollout.modeFor(Occasion.client(session, context));
  }

  private static String proposedClientId(ClientCRUDContext crud) {
    return crud.getProposedClientRepresentation() == null
        ? null
        : crud.getProposedClientRepresentation().getClientId();
  }

  private void refuse(Occasion occasion, Refusal refusal) throws Refusal {
    Mode mode = occasion.isEnforced() ? Mode.ENFORCE : Mode.REPORT;
    Refusals.record(occasion, mode, refusal);
    if (mode == Mode.ENFORCE) {
      throw refusal.attribute(session, rule, parsed.specification());
    }
  }

  @Override
  public String getProviderId() {
    return rule.getId();
  }
}
