package io.github.fapipack.consent;

import io.github.fapipack.keycloak.PlainFactory;
import io.github.fapipack.rule.RealmRules;
import java.util.List;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.provider.ProviderConfigProperty;

/** Registers the consent step in every realm with rules of the pack, and wherever it is needed. */
public final class ConsentActionFactory
    implements RequiredActionFactory, PlainFactory<RequiredActionProvider> {

  /** Alias and provider id of the required action. */
  public static final String ID = "fapi-consent";

  /** After all other required actions of Keycloak. */
  private static final int PRIORITY = 10_000;

  private static final RequiredActionProvider ACTION = new ConsentAction();

  @Override
  public RequiredActionProvider create(KeycloakSession session) {
    return ACTION;
  }

  @Override
  public void postInit(KeycloakSessionFactory factory) {
    factory.register(
        event -> {
          if (event instanceof RealmModel.RealmPostCreateEvent created
              && !RealmRules.of(created.getKeycloakSession(), created.getCreatedRealm())
                  .isEmpty()) {
            require(created.getCreatedRealm());
          }
        });
  }

  /**
   * Makes sure that the step exists in a realm and is enabled, even if it was disabled or deleted:
   * without it, nothing beyond scopes can be approved.
   */
  public static void require(RealmModel realm) {
    RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(ID);
    if (action == null) {
      action = new RequiredActionProviderModel();
      action.setAlias(ID);
      action.setProviderId(ID);
      action.setName("Consent to authorization details and grants (FAPI)");
      action.setEnabled(true);
      action.setDefaultAction(false);
      action.setPriority(PRIORITY);
      realm.addRequiredActionProvider(action);
    } else if (!action.isEnabled()) {
      action.setEnabled(true);
      realm.updateRequiredActionProvider(action);
    }
  }

  @Override
  public String getDisplayText() {
    return "Consent to authorization details and grants (FAPI)";
  }

  @Override
  public List<ProviderConfigProperty> getConfigMetadata() {
    return List.of();
  }

  @Override
  public String getId() {
    return ID;
  }
}
