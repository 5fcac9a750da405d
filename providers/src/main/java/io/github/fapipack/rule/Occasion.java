package io.github.fapipack.rule;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;
import org.keycloak.services.clientpolicy.context.ClientModelContext;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;

/**
 * The moment at which a rule is asked: Keycloak's policy context, with what rules need in addition.
 */
public final class Occasion {

  private static final Logger LOGGER = Logger.getLogger(Rule.class);

  private final KeycloakSession session;
  private final ClientPolicyContext context;
  private final Rule<?> rule;
  private final Specification specification;
  private final Supplier<Mode> mode;

  /**
   * @param mode looked up only when the rule has something to say, which is rare
   */
  Occasion(
      KeycloakSession session,
      ClientPolicyContext context,
      Rule<?> rule,
      Specification specification,
      Supplier<Mode> mode) {
    this.session = session;
    this.context = context;
    this.rule = rule;
    this.specification = specification;
    this.mode = mode;
  }

  /** Keycloak's context; a rule first checks its type. */
  public ClientPolicyContext context() {
    return context;
  }

  public KeycloakSession session() {
    return session;
  }

  /** Whether the rule is enforced; in report mode it changes nothing. */
  public boolean isEnforced() {
    return mode.get() == Mode.ENFORCE;
  }

  /** The rule that is asked. */
  Rule<?> rule() {
    return rule;
  }

  /** The specification for which the realm uses the rule. */
  public Specification specification() {
    return specification;
  }

  /** The clause that a refusal of this rule names here. */
  String clause() {
    return rule.clause(specification);
  }

  public RealmModel realm() {
    return session.getContext().getRealm();
  }

  public HttpRequest request() {
    return session.getContext().getHttpRequest();
  }

  /** The client concerned, or null if it is not known yet. */
  public ClientModel client() {
    return client(session, context);
  }

  /** The client that an occasion concerns, or null if it is not known yet. */
  static ClientModel client(KeycloakSession session, ClientPolicyContext context) {
    ClientModel client = null;
    if (context instanceof ClientModelContext known) {
      client = known.getClient();
    } else if (context instanceof ClientCRUDContext crud) {
      return crud.getTargetClient();
    } else if (context instanceof PreAuthorizationRequestContext pre && pre.getClientId() != null) {
      client = session.getContext().getRealm().getClientByClientId(pre.getClientId());
    }
    return client != null ? client : session.getContext().getClient();
  }

  /**
   * Corrects a client's stored setting, because Keycloak's own code uses only the stored value.
   * This covers clients that were created before the policy, imported, or changed by other means.
   * Nothing is changed in report mode, or before the request is proven to come from the client.
   *
   * @param what the change in a few words, for the log
   * @param correction gets the stored client; applying it a second time must change nothing
   */
  public void correct(ClientModel client, String what, Consumer<ClientModel> correction) {
    Provenance.correct(
        session,
        context,
        client,
        () ->
            correct(
                client,
                what,
                Logger.Level.INFO,
                () -> StoredCorrection.make(session, realm(), client, correction)));
  }

  /**
   * Corrects what is about to be sent to a client, such as a token. Nothing is changed in report
   * mode. The stored client stays as it is, so every request repeats the correction; it is
   * therefore not logged.
   *
   * @param what what is wrong in a few words; the same for every request that has the same fault
   */
  public void correctAnswer(ClientModel client, String what, Runnable correction) {
    correct(client, what, Logger.Level.DEBUG, correction);
  }

  private void correct(ClientModel client, String what, Logger.Level level, Runnable correction) {
    Mode now = mode.get();
    Refusals.recordCorrection(this, client, now, what);
    if (now == Mode.REPORT) {
      return;
    }
    LOGGER.logf(
        level,
        "%s corrects client '%s' of realm '%s': %s",
        rule.getId(),
        client.getClientId(),
        realm().getName(),
        what);
    correction.run();
  }
}
