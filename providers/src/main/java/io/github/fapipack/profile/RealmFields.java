package io.github.fapipack.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.grantmanagement.GrantManagement;
import io.github.fapipack.rule.JsonName;
import io.github.fapipack.rule.Rollout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.keycloak.common.enums.SslRequired;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ParConfig;
import org.keycloak.models.RealmModel;
import org.keycloak.util.JsonSerialization;

/** The settings of a realm that a profile may change, by JSON Pointers into Keycloak's own JSON. */
public final class RealmFields {

  public static final String DEFAULT_SCOPES = "/defaultDefaultClientScopes";
  public static final String ROLLOUT = "/attributes/" + Rollout.ATTRIBUTE;
  public static final String GRANT_MANAGEMENT = "/attributes/" + GrantManagement.ENABLED;
  public static final String ECOSYSTEM = "/attributes/fapi.ecosystem";
  public static final String OPTIONAL_SCOPES = "/defaultOptionalClientScopes";

  private record Field(Function<RealmModel, Object> read, BiConsumer<RealmModel, JsonNode> write) {}

  private static final Map<String, Field> FIELDS = new LinkedHashMap<>();

  static {
    add(
        "/sslRequired",
        realm -> JsonName.of(realm.getSslRequired()),
        (realm, value) ->
            realm.setSslRequired(SslRequired.valueOf(value.asText().toUpperCase(Locale.ROOT))));
    add(
        "/defaultSignatureAlgorithm",
        RealmModel::getDefaultSignatureAlgorithm,
        (realm, value) -> realm.setDefaultSignatureAlgorithm(value.textValue()));
    number(
        "/accessTokenLifespan",
        RealmModel::getAccessTokenLifespan,
        RealmModel::setAccessTokenLifespan);
    number(
        "/accessCodeLifespan",
        RealmModel::getAccessCodeLifespan,
        RealmModel::setAccessCodeLifespan);
    add(
        "/attributes/" + ParConfig.PAR_REQUEST_URI_LIFESPAN,
        realm -> realm.getParPolicy().getRequestUriLifespan(),
        (realm, value) -> realm.getParPolicy().setRequestUriLifespan(value.asInt()));
    bool(
        "/revokeRefreshToken", RealmModel::isRevokeRefreshToken, RealmModel::setRevokeRefreshToken);
    bool(
        "/bruteForceProtected",
        RealmModel::isBruteForceProtected,
        RealmModel::setBruteForceProtected);
    bool("/eventsEnabled", RealmModel::isEventsEnabled, RealmModel::setEventsEnabled);
    bool(
        "/adminEventsEnabled", RealmModel::isAdminEventsEnabled, RealmModel::setAdminEventsEnabled);
    add(
        "/eventsExpiration",
        RealmModel::getEventsExpiration,
        (realm, value) -> realm.setEventsExpiration(value.asLong()));
    add(
        "/enabledEventTypes",
        realm -> realm.getEnabledEventTypesStream().sorted().toList(),
        (realm, value) -> realm.setEnabledEventTypes(new HashSet<>(texts(value))));
    add(ROLLOUT, realm -> realm.getAttribute(Rollout.ATTRIBUTE), RealmFields::rollout);
    add(
        GRANT_MANAGEMENT,
        realm -> realm.getAttribute(GrantManagement.ENABLED),
        (realm, value) -> attribute(realm, GrantManagement.ENABLED, value));
    add(
        ECOSYSTEM,
        realm -> realm.getAttribute(EcosystemProfiles.IN_USE),
        (realm, value) -> attribute(realm, EcosystemProfiles.IN_USE, value));
    for (String components :
        List.of(RealmComponents.REGISTRATION_POLICIES, RealmComponents.USER_PROFILE)) {
      add(
          components,
          realm -> RealmComponents.texts(RealmComponents.read(realm, components)),
          (realm, value) -> RealmComponents.write(realm, components, value));
    }
    add(DEFAULT_SCOPES, realm -> scopes(realm, true), (realm, value) -> scopes(realm, true, value));
    add(
        OPTIONAL_SCOPES,
        realm -> scopes(realm, false),
        (realm, value) -> scopes(realm, false, value));
  }

  private RealmFields() {}

  private static void rollout(RealmModel realm, JsonNode value) {
    Rollout.store(realm, value.textValue());
  }

  private static void attribute(RealmModel realm, String name, JsonNode value) {
    if (value == null || value.isNull()) {
      realm.removeAttribute(name);
    } else {
      realm.setAttribute(name, value.asText());
    }
  }

  private static void add(
      String pointer, Function<RealmModel, Object> read, BiConsumer<RealmModel, JsonNode> write) {
    FIELDS.put(pointer, new Field(read, write));
  }

  private static void number(
      String pointer, Function<RealmModel, Integer> read, BiConsumer<RealmModel, Integer> write) {
    add(pointer, read::apply, (realm, value) -> write.accept(realm, value.asInt()));
  }

  private static void bool(
      String pointer, Function<RealmModel, Boolean> read, BiConsumer<RealmModel, Boolean> write) {
    add(pointer, read::apply, (realm, value) -> write.accept(realm, value.asBoolean()));
  }

  private static List<String> scopes(RealmModel realm, boolean byDefault) {
    return realm
        .getDefaultClientScopesStream(byDefault)
        .map(ClientScopeModel::getName)
        .sorted()
        .toList();
  }

  /** Removes first, because a scope cannot be on both lists. */
  private static void scopes(RealmModel realm, boolean byDefault, JsonNode value) {
    List<String> wanted = texts(value);
    List<ClientScopeModel> present = realm.getDefaultClientScopesStream(byDefault).toList();
    present.stream()
        .filter(scope -> !wanted.contains(scope.getName()))
        .forEach(realm::removeDefaultClientScope);
    List<String> names = present.stream().map(ClientScopeModel::getName).toList();
    realm
        .getClientScopesStream()
        .filter(scope -> wanted.contains(scope.getName()) && !names.contains(scope.getName()))
        .forEach(
            scope -> {
              realm.removeDefaultClientScope(scope);
              realm.addDefaultClientScope(scope, byDefault);
            });
  }

  public static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  public static boolean knows(String pointer) {
    return FIELDS.containsKey(pointer);
  }

  /** A setting as JSON; null if it is not set. */
  public static JsonNode read(RealmModel realm, String pointer) {
    Object value = FIELDS.get(pointer).read().apply(realm);
    return value == null ? null : JsonSerialization.mapper.valueToTree(value);
  }

  public static void write(RealmModel realm, String pointer, JsonNode value) {
    FIELDS.get(pointer).write().accept(realm, value);
  }
}
