package io.github.fapipack.authority;

import java.util.List;
import org.keycloak.Config;
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
 * An issuing key that somebody has made: PEM, a keystore of the server, or a PKCS#11 token. Option
 * of the server: {@code --spi-keys--fapi-issuing-key--pkcs11-config}, the configuration files of
 * PKCS#11 providers, separated by commas. A realm's administrator cannot set them, because they
 * name a library that is loaded.
 */
public final class IssuingKeyFactory implements KeyProviderFactory<KeyProvider> {

  /** The id of the provider. */
  public static final String ID = "fapi-issuing-key";

  @Override
  public void init(Config.Scope config) {
    Pkcs11Providers.add(config.getArray("pkcs11Config"));
  }

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
    IssuingKeys.validate(session, realm, model);
  }

  @Override
  public String getHelpText() {
    return "The key with which a scheme's directory issues certificates, from PEM, a keystore or an"
        + " HSM. It never signs tokens.";
  }

  @Override
  public List<ProviderConfigProperty> getConfigProperties() {
    return KeyPlace.properties();
  }

  @Override
  public String getId() {
    return ID;
  }
}
