package io.github.fapipack.claims;

import java.util.List;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.protocol.ProtocolMapperConfigException;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderConfigProperty;

/** A wrapper of a protocol mapper that looks like that mapper to all callers. */
abstract class MapperInFront implements ProtocolMapper {

  /** The wrapped mapper. */
  protected final ProtocolMapper mapper;

  MapperInFront(ProtocolMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public String getId() {
    return mapper.getId();
  }

  @Override
  public int order() {
    return mapper.order();
  }

  @Override
  public int getPriority() {
    return mapper.getPriority();
  }

  @Override
  public String getProtocol() {
    return mapper.getProtocol();
  }

  @Override
  public String getDisplayCategory() {
    return mapper.getDisplayCategory();
  }

  @Override
  public String getDisplayType() {
    return mapper.getDisplayType();
  }

  @Override
  public String getHelpText() {
    return mapper.getHelpText();
  }

  @Override
  public List<ProviderConfigProperty> getConfigProperties() {
    return mapper.getConfigProperties();
  }

  @Override
  @SuppressWarnings("TypeParameterUnusedInFormals") // the signature in Keycloak
  public <C> C getConfig() {
    return mapper.getConfig();
  }

  @Override
  public List<ProviderConfigProperty> getConfigMetadata() {
    return mapper.getConfigMetadata();
  }

  @Override
  public void validateConfig(
      KeycloakSession session,
      RealmModel realm,
      ProtocolMapperContainerModel container,
      ProtocolMapperModel model)
      throws ProtocolMapperConfigException {
    mapper.validateConfig(session, realm, container, model);
  }

  @Override
  public ProtocolMapperModel getEffectiveModel(
      KeycloakSession session, RealmModel realm, ProtocolMapperModel model) {
    return mapper.getEffectiveModel(session, realm, model);
  }

  @Override
  public ProtocolMapper create(KeycloakSession session) {
    return mapper.create(session);
  }

  @Override
  public void init(Config.Scope config) {
    mapper.init(config);
  }

  @Override
  public void postInit(KeycloakSessionFactory factory) {
    mapper.postInit(factory);
  }

  @Override
  public Set<Class<? extends Provider>> dependsOn() {
    return mapper.dependsOn();
  }

  @Override
  public void close() {
    mapper.close();
  }
}
