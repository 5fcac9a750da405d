package io.github.fapipack.claims;

import io.github.fapipack.rule.PackEvent;
import io.github.fapipack.rule.Rule;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.protocol.oidc.mappers.AudienceProtocolMapper;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.clientpolicy.context.ScopeParameterContext;

/** A protocol mapper has written what rules and Keycloak decide. */
final class MapperRun implements PackEvent, ScopeParameterContext {

  private final ClientSessionContext context;
  private final ProtocolMapperModel mapper;
  private final String place;
  private final DecidedClaims before;
  private final Object document;
  private final Set<String> changed;
  private boolean restored;

  /**
   * @param context whose token it is
   * @param place what kind of document it is, in words
   * @param before what stood in the document before
   * @param document as the mapper has left it
   * @param changed the names of the members that it has changed
   */
  MapperRun(
      ClientSessionContext context,
      ProtocolMapperModel mapper,
      String place,
      DecidedClaims before,
      Object document,
      Set<String> changed) {
    this.context = context;
    this.mapper = mapper;
    this.place = place;
    this.before = before;
    this.document = document;
    this.changed = changed;
  }

  @Override
  public ClientModel getClient() {
    return context.getClientSession().getClient();
  }

  /** Mappers run for tokens that are issued, or have been verified. */
  @Override
  public boolean isProven(KeycloakSession session) {
    return true;
  }

  /** For policies that apply to some scopes only. */
  @Override
  public String getScopeParameter() {
    return context.getScopeString(true);
  }

  @Override
  public boolean concerns(Rule<?> rule) {
    return rule instanceof RestrictProtocolMappers;
  }

  ProtocolMapperModel mapper() {
    return mapper;
  }

  String place() {
    return place;
  }

  Set<String> changed() {
    return changed;
  }

  /** What Keycloak's Audience mapper has added; empty if it is another one, or has done more. */
  Optional<Set<String>> addedAudience() {
    if (!AudienceProtocolMapper.PROVIDER_ID.equals(mapper.getProtocolMapper())
        || !changed.equals(Set.of(MapperRights.AUDIENCE))
        || !(document instanceof JsonWebToken token)
        || token.getAudience() == null) {
      return Optional.empty();
    }
    Set<String> added = new HashSet<>(Arrays.asList(token.getAudience()));
    added.removeAll(before.audience());
    return Optional.of(added);
  }

  /** Gives the members back the value that they had before. */
  void restore() {
    before.restore(document, changed);
    restored = true;
  }

  boolean isRestored() {
    return restored;
  }
}
