package io.github.fapipack.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.WholeClient;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyEvent;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;
import org.keycloak.util.JsonSerialization;

/**
 * A client as it will be after a registration or an update: the proposed values and, for all
 * others, the stored ones.
 *
 * @param representation the proposed values; changes to it take effect
 * @param stored the client to be updated, or null if a new one is registered
 * @param whole whether all values count as changed
 */
public record ProposedClient(
    ClientRepresentation representation, ClientModel stored, boolean whole) {

  /** The OpenID Connect client that is being registered or updated; empty on other occasions. */
  public static Optional<ProposedClient> in(ClientPolicyContext context) {
    if (!(context instanceof ClientCRUDContext crud)
        || crud.getProposedClientRepresentation() == null
        || (crud.getEvent() != ClientPolicyEvent.REGISTER
            && crud.getEvent() != ClientPolicyEvent.UPDATE)) {
      return Optional.empty();
    }
    return Optional.of(
            new ProposedClient(
                crud.getProposedClientRepresentation(),
                crud.getTargetClient(),
                crud instanceof WholeClient))
        .filter(ProposedClient::isOpenIdConnect);
  }

  /** A refusal of client data; the sentence names the field. */
  public static Refusal refusal(String sentence) {
    return new Refusal("invalid_client_metadata", sentence);
  }

  /** The same, with the client attribute that is at fault. */
  public static Refusal refusal(String sentence, String attribute) {
    return refusal(sentence).at("/attributes/" + attribute);
  }

  /**
   * Refuses an attribute that would make the client's requests fail, if it is new: a client that
   * already has it can be saved for another reason, and Keycloak's own clients are not checked.
   *
   * @param name of the attribute, also as client metadata
   */
  public void refuseNew(String name, String attribute, String sentence) throws Refusal {
    if (changes(attribute)) {
      throw refusal(name + " (" + attribute + ") " + sentence, attribute);
    }
  }

  /** Whether the proposed values differ from the stored ones; never for Keycloak's own clients. */
  public boolean changes(String... attributes) {
    if (isKeycloaks()) {
      return false;
    }
    return stored == null
        || whole
        || Arrays.stream(attributes)
            .anyMatch(name -> !isSame(value(name), text(stored.getAttribute(name))));
  }

  private boolean isKeycloaks() {
    return Constants.defaultClients.contains(
        stored == null ? representation.getClientId() : stored.getClientId());
  }

  /** Some tools change the format of a key set that they only read. */
  private static boolean isSame(String one, String other) {
    if (Objects.equals(one, other)) {
      return true;
    }
    try {
      return one != null
          && other != null
          && one.startsWith("{")
          && JsonSerialization.mapper
              .readTree(one)
              .equals(JsonSerialization.mapper.readTree(other));
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** Keycloak stores no blank attributes. */
  private static String text(String value) {
    return value == null || value.isBlank() ? null : value;
  }

  /** One attribute; null if it is absent or blank. */
  public String value(String attribute) {
    return text(attribute(attribute));
  }

  public boolean isOn(String attribute) {
    return Boolean.parseBoolean(attribute(attribute));
  }

  public boolean isPublic() {
    return effective(representation.isPublicClient(), stored != null && stored.isPublicClient());
  }

  public boolean isBearerOnly() {
    return effective(representation.isBearerOnly(), stored != null && stored.isBearerOnly());
  }

  public boolean hasDirectAccessGrants() {
    return effective(
        representation.isDirectAccessGrantsEnabled(),
        stored != null && stored.isDirectAccessGrantsEnabled());
  }

  public boolean hasServiceAccount() {
    return effective(
        representation.isServiceAccountsEnabled(),
        stored != null && stored.isServiceAccountsEnabled());
  }

  /** Whether the change enables the implicit flow, which is how Keycloak stores response types. */
  public boolean addsImplicitFlow() {
    return effective(
            representation.isImplicitFlowEnabled(),
            stored != null && stored.isImplicitFlowEnabled())
        && !isKeycloaks()
        && (stored == null || whole || !stored.isImplicitFlowEnabled());
  }

  /** Id of the client authenticator; null if there is none. */
  public String authenticator() {
    return representation.getClientAuthenticatorType() != null || stored == null
        ? representation.getClientAuthenticatorType()
        : stored.getClientAuthenticatorType();
  }

  /** One attribute; null if it is absent. */
  public String attribute(String name) {
    if (representation.getAttributes() != null
        && representation.getAttributes().containsKey(name)) {
      return representation.getAttributes().get(name);
    }
    return stored == null ? null : stored.getAttribute(name);
  }

  /** Sets an attribute of the proposed client. */
  public void setAttribute(String name, String value) {
    Map<String, String> attributes =
        representation.getAttributes() == null
            ? new HashMap<>()
            : new HashMap<>(representation.getAttributes());
    attributes.put(name, value);
    representation.setAttributes(attributes);
  }

  private boolean isOpenIdConnect() {
    String protocol =
        representation.getProtocol() != null || stored == null
            ? representation.getProtocol()
            : stored.getProtocol();
    return protocol == null || protocol.equals(OIDCLoginProtocol.LOGIN_PROTOCOL);
  }

  private static boolean effective(Boolean proposed, boolean stored) {
    return proposed == null ? stored : proposed;
  }
}
