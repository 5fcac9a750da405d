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

/** A protocol mapper has written claims that rules and Keycloak determine. */
final class MapperRun implements PackEvent, ScopeParameterContext {

  private final ClientSessionContext context;
  private final ProtocolMapperModel mapper;
  private final String place;
  private final DecidedClaims before;
  private final Object document;
  private final Set<String> changed;
  private boolean restored;

  /**
   * @param context of the token
   * @param place what kind of document it is, in words
   * @param before the members before the mapper ran
   * @param document the document after the mapper ran
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

  /** Mappers run for tokens that are issued or that were verified. */
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

  /**
   * What Keycloak's Audience mapper has added; empty if it is another mapper, or has changed more.
   */
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

  /** Restores the members to their values before the mapper ran. */
  void restore() {
    before.restore(document, changed);
    restored = true;
  }

  boolean isRestored() {
    return restored;
  }
}
