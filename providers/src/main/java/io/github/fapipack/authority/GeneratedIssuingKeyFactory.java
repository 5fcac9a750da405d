package io.github.fapipack.authority;

import java.util.List;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.keys.Attributes;
import org.keycloak.keys.KeyProvider;
import org.keycloak.keys.KeyProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ConfigurationValidationHelper;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * An issuing key for sandboxes, which is made with a root of its own when the component is created.
 * The root's private key is thrown away, so the root signs nothing else.
 */
public final class GeneratedIssuingKeyFactory implements KeyProviderFactory<KeyProvider> {

  /** The id of the provider. */
  public static final String ID = "fapi-issuing-key-generated";

  private static final List<ProviderConfigProperty> PROPERTIES = KeyPlace.common().build();

  @Override
  public KeyProvider create(KeycloakSession session, ComponentModel model) {
    return IssuingKeys.provider(session, model);
  }

  @Override
  public void validateConfiguration(KeycloakSession session, RealmModel realm, ComponentModel model)
      throws ComponentValidationException {
    ConfigurationValidationHelper.check(model)
        .checkLong(Attributes.PRIORITY_PROPERTY, false)
        .checkBoolean(Attributes.ENABLED_PROPERTY, false)
        .checkBoolean(Attributes.ACTIVE_PROPERTY, false);
    if (!model.contains(KeyPlace.PRIVATE_KEY) && !model.contains(KeyPlace.CHAIN)) {
      SandboxHierarchy made = SandboxHierarchy.make(realm.getName());
      model.put(KeyPlace.PRIVATE_KEY, made.privateKey());
      model.put(KeyPlace.CHAIN, made.chain());
    }
    IssuingKeys.validate(session, realm, model);
  }

  @Override
  public String getHelpText() {
    return "Makes a root and an issuing key for the directory of a sandbox or test system. It never"
        + " signs tokens.";
  }

  @Override
  public List<ProviderConfigProperty> getConfigProperties() {
    return PROPERTIES;
  }

  @Override
  public String getId() {
    return ID;
  }
}
