package io.github.fapipack.registration;

import io.github.fapipack.client.SigningMetadata;
import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.keycloak.PlainFactory;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.signing.RequireFittingKeys;
import io.github.fapipack.signing.SigningSupport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.protocol.ProtocolMapperConfigException;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The form in which an administrator views and sets {@link SigningMetadata} of one client in the
 * admin console, which supports forms for additional client data only in protocol mappers. It maps
 * nothing.
 */
public final class SigningMetadataForm implements ProtocolMapper, PlainFactory<ProtocolMapper> {

  public static final String ID = SigningMetadata.FORM;

  private static final String REGISTERED = "registered";
  private static final List<String> NAMES =
      Stream.concat(SigningMetadata.STRINGS.stream(), SigningMetadata.ARRAYS.stream()).toList();

  private List<ProviderConfigProperty> properties = List.of();

  @Override
  public void validateConfig(
      KeycloakSession session,
      RealmModel realm,
      ProtocolMapperContainerModel container,
      ProtocolMapperModel mapper)
      throws ProtocolMapperConfigException {
    if (!(container instanceof ClientModel client)) {
      throw refusal("it belongs to a single client, so add it to the dedicated scope of one");
    }
    if (container
        .getProtocolMappersStream()
        .anyMatch(
            other ->
                ID.equals(other.getProtocolMapper()) && !other.getId().equals(mapper.getId()))) {
      throw refusal("the client has one already, so change that");
    }
    if (mapper.getConfig() != null) {
      mapper.getConfig().remove(REGISTERED);
    }
    Map<String, String> values = new HashMap<>();
    for (String name : NAMES) {
      SigningMetadata.value(mapper, name)
          .or(() -> SigningMetadata.registered(client, name))
          .ifPresent(value -> values.put(name, value));
    }
    try {
      SigningMetadataCheck.check(session, values);
      RequireFittingKeys.checkForm(session, client, values);
    } catch (Refusal e) {
      throw refusal(e.getErrorDetail());
    }
  }

  /** Adds what the client has registered. */
  @Override
  public ProtocolMapperModel getEffectiveModel(
      KeycloakSession session, RealmModel realm, ProtocolMapperModel mapper) {
    ClientModel client = session.getContext().getClient();
    if (client == null || client.getProtocolMapperById(mapper.getId()) == null) {
      return mapper;
    }
    ProtocolMapperModel shown = new ProtocolMapperModel();
    shown.setId(mapper.getId());
    shown.setName(mapper.getName());
    shown.setProtocol(mapper.getProtocol());
    shown.setProtocolMapper(mapper.getProtocolMapper());
    shown.setConfig(new HashMap<>(mapper.getConfig() == null ? Map.of() : mapper.getConfig()));
    String registered =
        NAMES.stream()
            .flatMap(
                name -> SigningMetadata.registered(client, name).map(v -> name + ": " + v).stream())
            .collect(Collectors.joining(", "));
    shown.getConfig().put(REGISTERED, registered.isEmpty() ? "nothing" : registered);
    return shown;
  }

  @Override
  public void postInit(KeycloakSessionFactory factory) {
    properties =
        List.of(
            choice(
                SigningMetadata.SIGNED_ALG,
                "Signature of introspection responses",
                "Algorithm with which answers to this resource server are signed.",
                Algorithms.ALLOWED),
            choice(
                SigningMetadata.ENCRYPTED_ALG,
                "Encryption of introspection responses",
                "Algorithm for a key with use enc of the client (tab Keys). With it, answers are"
                    + " encrypted or not given at all.",
                SigningSupport.encryptionAlgorithms(factory)),
            choice(
                SigningMetadata.ENCRYPTED_ENC,
                "Content encryption of introspection responses",
                "Only with the above; A128CBC-HS256 where nothing is registered.",
                SigningSupport.encryptionMethods(factory)),
            property(
                SigningMetadata.RESPONSE_MODES,
                "Response modes",
                "The response modes that the client may use. Empty: as registered, or any.",
                ProviderConfigProperty.MULTIVALUED_LIST_TYPE,
                SigningSupport.everyResponseMode()),
            property(
                SigningMetadata.DETAILS_TYPES,
                "Types of authorization details",
                "The types that the client may use (RFC 9396). Empty: as registered, or any.",
                ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
                null),
            property(
                REGISTERED,
                "As registered (for information)",
                "What the client itself has registered; what is set above comes before it. What is"
                    + " typed here is not kept.",
                ProviderConfigProperty.STRING_TYPE,
                null));
  }

  private static ProviderConfigProperty choice(
      String name, String label, String help, List<String> choices) {
    List<String> options = new ArrayList<>(choices);
    options.add(0, SigningMetadata.AS_REGISTERED);
    ProviderConfigProperty property =
        property(name, label, help, ProviderConfigProperty.LIST_TYPE, options);
    property.setDefaultValue(SigningMetadata.AS_REGISTERED);
    return property;
  }

  private static ProviderConfigProperty property(
      String name, String label, String help, String type, List<String> options) {
    ProviderConfigProperty property = new ProviderConfigProperty(name, label, help, type, null);
    property.setOptions(options);
    return property;
  }

  /**
   * Keycloak treats the sentence as a message format, in which quotes and braces have a meaning.
   */
  private static ProtocolMapperConfigException refusal(String sentence) {
    String plain = sentence.replaceAll("['{}]", "");
    return new ProtocolMapperConfigException(plain, plain);
  }

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public String getProtocol() {
    return OIDCLoginProtocol.LOGIN_PROTOCOL;
  }

  @Override
  public String getDisplayCategory() {
    return "FAPI";
  }

  @Override
  public String getDisplayType() {
    return "FAPI client metadata";
  }

  @Override
  public String getHelpText() {
    return "How introspection responses for this client are signed and encrypted (RFC 9701), which"
        + " response modes it may use (FAPI 2.0 Message Signing), and which types of authorization"
        + " details (RFC 9396).";
  }

  @Override
  public List<ProviderConfigProperty> getConfigProperties() {
    return properties;
  }

  @Override
  public ProtocolMapper create(KeycloakSession session) {
    throw new UnsupportedOperationException("a protocol mapper is used by its factory");
  }

  /** As a provider and as a factory it has nothing open. */
  @Override
  public void close() {}
}
