package io.github.fapipack.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.client.SigningMetadata;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.utils.SubjectType;
import org.keycloak.representations.oidc.OIDCClientRepresentation;
import org.keycloak.services.clientregistration.oidc.DescriptionConverter;
import org.keycloak.util.JsonSerialization;

/** Client metadata in the format of RFC 7591, with those that Keycloak does not know. */
final class MetadataFormat {

  private final KeycloakSession session;

  MetadataFormat(KeycloakSession session) {
    this.session = session;
  }

  /**
   * Reads the metadata of a request.
   *
   * @throws Refusal {@code invalid_client_metadata}
   */
  RegistrationRequest read(String body) throws Refusal {
    RegistrationRequest request =
        RegistrationRequest.parse(body, !RealmRules.of(session).isEmpty());
    SigningMetadataCheck.check(session, request.additional());
    if (request.known().getJwksUri() == null) {
      SigningMetadataCheck.checkKeys(
          request.additional(), request.additional().get(SentKeySet.STORED));
    }
    checkConvertible(request.known());
    return request;
  }

  /** Keycloak does not report these faults, or answers with a server error. */
  private void checkConvertible(OIDCClientRepresentation known) throws Refusal {
    try {
      SubjectType.parse(known.getSubjectType());
    } catch (IllegalArgumentException e) {
      throw ProposedClient.refusal("subject_type must be public or pairwise");
    }
    try {
      DescriptionConverter.toInternal(session, known);
    } catch (RuntimeException e) {
      throw ProposedClient.refusal("the metadata are not consistent, or hold an unreadable key");
    }
  }

  /**
   * Checks the response types of a new client: Keycloak converts them into two switches, and cannot
   * distinguish some combinations.
   */
  void checkResponseTypes(List<String> types) throws Refusal {
    Optional<List<String>> served = ServedResponseTypes.of(session);
    if (types != null
        && served.isPresent()
        && !types.stream().allMatch(type -> ServedResponseTypes.has(served.get(), type))) {
      throw ProposedClient.refusal(
          "response_types must contain only " + String.join(", ", served.get()));
    }
  }

  /**
   * The metadata in a response of Keycloak, completed by those that are in effect; empty if it is
   * not a client, or one that was deleted meanwhile.
   */
  Optional<ObjectNode> complete(Response answer) {
    if (!(answer.getEntity() instanceof OIDCClientRepresentation known)) {
      return Optional.empty();
    }
    ClientModel client = session.getContext().getRealm().getClientByClientId(known.getClientId());
    if (client == null) {
      return Optional.empty(); // deleted meanwhile
    }
    ObjectNode members = (ObjectNode) JsonSerialization.writeValueAsNode(known);
    if (known.getScope() != null) {
      members.put(
          OAuth2Constants.SCOPE, RegisteredScopes.withOpenId(client.getRealm(), known.getScope()));
    }
    ServedResponseTypes.of(session)
        .ifPresent(served -> ServedResponseTypes.retain(members, served));
    for (String name : SigningMetadata.STRINGS) {
      SigningMetadata.of(client, name).ifPresent(value -> members.put(name, value));
    }
    for (String name : SigningMetadata.ARRAYS) {
      SigningMetadata.of(client, name)
          .map(SigningMetadata::values)
          .ifPresent(values -> values.forEach(members.withArray("/" + name)::add));
    }
    RegisteredCertificate.describe(client, members);
    return Optional.of(members);
  }
}
