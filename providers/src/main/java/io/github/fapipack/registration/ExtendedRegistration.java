package io.github.fapipack.registration;

import io.github.fapipack.rule.RealmRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.ModelToRepresentation;
import org.keycloak.protocol.oidc.mappers.AbstractPairwiseSubMapper;
import org.keycloak.protocol.oidc.mappers.PairwiseSubMapperHelper;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.oidc.OIDCClientRepresentation;
import org.keycloak.services.clientregistration.ClientRegistrationContext;
import org.keycloak.services.clientregistration.oidc.OIDCClientRegistrationProvider;

/**
 * Keycloak's own registration, with additional client metadata: these are added to the proposed
 * client, so that client policies, registration policies and events see them.
 */
final class ExtendedRegistration extends OIDCClientRegistrationProvider {

  private static final String PAIRWISE = "pairwise";

  private Map<String, String> additional = Map.of();
  private OIDCClientRepresentation known = new OIDCClientRepresentation();
  private String scope;
  private Optional<String> clientId = Optional.empty();

  ExtendedRegistration(KeycloakSession session) {
    super(session);
  }

  /** Sets the content of the next registration or update. */
  ExtendedRegistration with(RegistrationRequest request) {
    additional = request.additional();
    known = request.known();
    return this;
  }

  /** Gives the next client this client_id; otherwise it gets a random one. */
  ExtendedRegistration named(String id) {
    clientId = Optional.of(id);
    return this;
  }

  @Override
  public ClientRepresentation create(ClientRegistrationContext context) {
    extend(context.getClient());
    RegisteredScopes.withoutOpenId(session.getContext().getRealm(), context.getClient());
    if (Vouched.isIn(session)) {
      Vouched.in(session).complete(session.getContext().getRealm(), context.getClient());
    }
    clientId.ifPresent(context.getClient()::setClientId);
    return super.create(context);
  }

  @Override
  public ClientRepresentation update(String clientId, ClientRegistrationContext context) {
    ClientRepresentation proposed = context.getClient();
    extend(proposed);
    ClientModel stored = session.getContext().getRealm().getClientByClientId(clientId);
    if (scope != null && stored != null) {
      proposed.setOptionalClientScopes(
          List.of(scope.isBlank() ? new String[0] : scope.trim().split(" +")));
      proposed.setDefaultClientScopes(List.copyOf(stored.getClientScopes(true).keySet()));
      RegisteredScopes.withoutOpenId(session.getContext().getRealm(), proposed);
    }
    if (Vouched.isIn(session)) {
      Vouched.in(session).complete(session.getContext().getRealm(), proposed);
    }
    boolean byItself = auth.isRegistrationAccessToken() || Vouched.isIn(session);
    if (stored != null && byItself && isHeld(stored)) {
      keepWhatKeycloakResets(proposed, stored);
    }
    return super.update(clientId, context);
  }

  /**
   * Handles the scopes of an update here: Keycloak would look up the client by the wrong name and
   * answer with a server error.
   */
  ExtendedRegistration withOwnScopes() {
    scope = known.getScope();
    known.setScope(null);
    return this;
  }

  private boolean isHeld(ClientModel stored) {
    return RealmRules.of(session).enforceStanding(RestrictRegistration.class, stored);
  }

  /**
   * Adds members that Keycloak would reset if they are left out, although an administrator may have
   * set them.
   */
  private void keepWhatKeycloakResets(ClientRepresentation proposed, ClientModel stored) {
    proposed.getAttributes().remove(X509ClientAuthenticator.ATTR_ALLOW_REGEX_PATTERN_COMPARISON);
    List<ProtocolMapperRepresentation> mappers =
        stored.getProtocolMappersStream().map(ModelToRepresentation::toRepresentation).toList();
    Optional<ProtocolMapperRepresentation> pairwise =
        mappers.stream()
            .filter(
                m -> m.getProtocolMapper().endsWith(AbstractPairwiseSubMapper.PROVIDER_ID_SUFFIX))
            .findFirst();
    if (pairwise.isEmpty()) {
      return;
    }
    String sector = PairwiseSubMapperHelper.getSectorIdentifierUri(pairwise.get());
    if (known.getSubjectType() == null) {
      known.setSubjectType(PAIRWISE);
    }
    if (known.getSectorIdentifierUri() == null) {
      known.setSectorIdentifierUri(sector);
    }
    if (!PAIRWISE.equals(known.getSubjectType())
        || !Objects.equals(sector, known.getSectorIdentifierUri())) {
      // Keycloak would copy these mappers afterwards; adding them here lets the rules see and
      // refuse them.
      proposed.setProtocolMappers(
          mappers.stream().filter(mapper -> mapper != pairwise.get()).toList());
    }
  }

  private void extend(ClientRepresentation proposed) {
    Map<String, String> attributes =
        proposed.getAttributes() == null
            ? new HashMap<>()
            : new HashMap<>(proposed.getAttributes());
    attributes.putAll(additional);
    proposed.setAttributes(attributes);
  }
}
