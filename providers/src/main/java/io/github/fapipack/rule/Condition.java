package io.github.fapipack.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.idm.ClientPolicyConditionConfigurationRepresentation;
import org.keycloak.representations.idm.ClientPolicyConditionRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyVote;
import org.keycloak.services.clientpolicy.condition.AbstractClientPolicyConditionProvider;
import org.keycloak.services.clientpolicy.condition.AbstractClientPolicyConditionProviderFactory;
import org.keycloak.services.clientpolicy.condition.ClientPolicyConditionProvider;
import org.keycloak.util.JsonSerialization;

/**
 * Decides for which clients and requests a policy applies; built like a {@link Rule}.
 *
 * @param <S> the condition's settings
 */
public abstract class Condition<S extends Record>
    extends AbstractClientPolicyConditionProviderFactory {

  private final String help;
  private final RuleSettings<S> settings;

  /**
   * @param settingsType the record that holds the condition's settings
   * @param help one sentence for the admin console
   */
  protected Condition(Class<S> settingsType, String help) {
    this.help = help;
    this.settings = new RuleSettings<>("Condition " + getId(), settingsType);
  }

  /** Votes on one occasion; {@code ABSTAIN} leaves it to the policy's other conditions. */
  protected abstract ClientPolicyVote vote(
      KeycloakSession session, ClientPolicyContext context, S settings);

  /**
   * The condition with a saved configuration, for repeated use; ignores the setting for negation.
   *
   * @throws org.keycloak.services.ErrorResponseException when a value is not acceptable
   */
  public final PolicyVote with(ClientPolicyConditionConfigurationRepresentation configuration) {
    S parsed = settings.parse(values(configuration)).settings();
    return (session, context) -> vote(session, context, parsed);
  }

  /** The client that an occasion concerns, or null if it is not known yet. */
  protected static ClientModel client(KeycloakSession session, ClientPolicyContext context) {
    return Occasion.client(session, context);
  }

  @Override
  public final String getId() {
    return Rule.id(getClass());
  }

  @Override
  public final String getHelpText() {
    return help;
  }

  @Override
  public final List<ProviderConfigProperty> getConfigProperties() {
    List<ProviderConfigProperty> properties = new ArrayList<>(settings.properties());
    addCommonConfigProperties(properties);
    return properties;
  }

  @Override
  public final ClientPolicyConditionProvider<?> create(KeycloakSession session) {
    return new Voter(session);
  }

  @Override
  public final void validateConfiguration(
      KeycloakSession session, RealmModel realm, ClientPolicyConditionRepresentation condition) {
    settings.parse(
        values(
            JsonSerialization.mapper.convertValue(
                condition.getConfiguration(),
                ClientPolicyConditionConfigurationRepresentation.class)));
  }

  private static Map<String, Object> values(
      ClientPolicyConditionConfigurationRepresentation configuration) {
    return configuration == null ? Map.of() : configuration.getConfigAsMap();
  }

  /** Evaluates the condition within one request. */
  private final class Voter
      extends AbstractClientPolicyConditionProvider<
          ClientPolicyConditionConfigurationRepresentation> {

    Voter(KeycloakSession session) {
      super(session);
    }

    @Override
    public ClientPolicyVote applyPolicy(ClientPolicyContext context) {
      return vote(session, context, settings.parse(values(configuration)).settings());
    }

    @Override
    public String getProviderId() {
      return getId();
    }
  }
}
