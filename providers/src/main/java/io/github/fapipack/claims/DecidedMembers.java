package io.github.fapipack.claims;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.representations.AuthorizationDetailsJSONRepresentation;
import org.keycloak.representations.IDToken;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.util.JsonSerialization;

/** Which members of which document rules and Keycloak determine, and in which fields they are. */
final class DecidedMembers {

  private static final List<Member<?>> OF_JWT =
      List.of(
          member(JsonWebToken.class, "jti", JsonWebToken::getId, JsonWebToken::id),
          member(JsonWebToken.class, "iss", JsonWebToken::getIssuer, JsonWebToken::issuer),
          member(JsonWebToken.class, "sub", JsonWebToken::getSubject, JsonWebToken::setSubject),
          member(JsonWebToken.class, "azp", JsonWebToken::getIssuedFor, JsonWebToken::issuedFor),
          member(JsonWebToken.class, "typ", JsonWebToken::getType, JsonWebToken::type),
          member(JsonWebToken.class, "exp", JsonWebToken::getExp, JsonWebToken::exp),
          member(JsonWebToken.class, "iat", JsonWebToken::getIat, JsonWebToken::iat),
          member(JsonWebToken.class, "nbf", JsonWebToken::getNbf, JsonWebToken::nbf),
          structure(
              JsonWebToken.class,
              "aud",
              new TypeReference<String[]>() {},
              JsonWebToken::getAudience,
              JsonWebToken::audience));

  private static final List<Member<?>> OF_ID_TOKEN =
      List.of(
          member(IDToken.class, "nonce", IDToken::getNonce, IDToken::setNonce),
          member(IDToken.class, "auth_time", IDToken::getAuth_time, IDToken::setAuth_time),
          member(IDToken.class, "sid", IDToken::getSessionId, IDToken::setSessionId),
          member(
              IDToken.class, "at_hash", IDToken::getAccessTokenHash, IDToken::setAccessTokenHash),
          member(IDToken.class, "c_hash", IDToken::getCodeHash, IDToken::setCodeHash),
          member(IDToken.class, "s_hash", IDToken::getStateHash, IDToken::setStateHash),
          member(IDToken.class, "acr", IDToken::getAcr, IDToken::setAcr));

  private static final List<Member<?>> OF_ACCESS_TOKEN =
      List.of(
          member(AccessToken.class, "scope", AccessToken::getScope, AccessToken::setScope),
          structure(
              AccessToken.class,
              "cnf",
              new TypeReference<AccessToken.Confirmation>() {},
              AccessToken::getConfirmation,
              AccessToken::setConfirmation),
          structure(
              AccessToken.class,
              "authorization_details",
              new TypeReference<List<AuthorizationDetailsJSONRepresentation>>() {},
              AccessToken::getAuthorizationDetails,
              AccessToken::setAuthorizationDetails),
          structure(
              AccessToken.class,
              "authorization",
              new TypeReference<AccessToken.Authorization>() {},
              AccessToken::getAuthorization,
              AccessToken::setAuthorization),
          structure(
              AccessToken.class,
              MapperRights.REALM_ACCESS,
              new TypeReference<AccessToken.Access>() {},
              AccessToken::getRealmAccess,
              AccessToken::setRealmAccess),
          structure(
              AccessToken.class,
              MapperRights.RESOURCE_ACCESS,
              new TypeReference<Map<String, AccessToken.Access>>() {},
              token -> token.getResourceAccess(),
              AccessToken::setResourceAccess),
          structure(
              AccessToken.class,
              "allowed-origins",
              new TypeReference<Set<String>>() {},
              AccessToken::getAllowedOrigins,
              AccessToken::setAllowedOrigins),
          structure(
              AccessToken.class,
              "trusted-certs",
              new TypeReference<Set<String>>() {},
              AccessToken::getTrustedCertificates,
              AccessToken::setTrustedCertificates));

  private static final List<Member<?>> OF_RESPONSE =
      List.of(
          response("access_token", AccessTokenResponse::getToken, AccessTokenResponse::setToken),
          response(
              "token_type", AccessTokenResponse::getTokenType, AccessTokenResponse::setTokenType),
          response(
              "expires_in", AccessTokenResponse::getExpiresIn, AccessTokenResponse::setExpiresIn),
          response(
              "refresh_token",
              AccessTokenResponse::getRefreshToken,
              AccessTokenResponse::setRefreshToken),
          response(
              "refresh_expires_in",
              AccessTokenResponse::getRefreshExpiresIn,
              AccessTokenResponse::setRefreshExpiresIn),
          response("id_token", AccessTokenResponse::getIdToken, AccessTokenResponse::setIdToken),
          response(
              "not-before-policy",
              AccessTokenResponse::getNotBeforePolicy,
              AccessTokenResponse::setNotBeforePolicy),
          response(
              "session_state",
              AccessTokenResponse::getSessionState,
              AccessTokenResponse::setSessionState),
          response("scope", AccessTokenResponse::getScope, AccessTokenResponse::setScope),
          response("error", AccessTokenResponse::getError, AccessTokenResponse::setError),
          response(
              "error_description",
              AccessTokenResponse::getErrorDescription,
              AccessTokenResponse::setErrorDescription),
          response("error_uri", AccessTokenResponse::getErrorUri, AccessTokenResponse::setErrorUri),
          structure(
              AccessTokenResponse.class,
              "authorization_details",
              new TypeReference<List<AuthorizationDetailsJSONRepresentation>>() {},
              AccessTokenResponse::getAuthorizationDetails,
              AccessTokenResponse::setAuthorizationDetails));

  /** Members that Keycloak or the pack writes into the map. */
  private static final Set<String> ELSE =
      Set.of(
          "client_id",
          "act",
          "amr",
          "session_state",
          "grant_id",
          "grant_generation",
          "fapi_grant_id",
          "consent_id",
          "fapi_authorization_details",
          "fapi_expires_at",
          "fapi_login",
          "fapi_claims");

  private static final List<Member<?>> OF_ANY_ID_TOKEN = joined(OF_JWT, OF_ID_TOKEN);
  private static final List<Member<?>> OF_ANY_ACCESS_TOKEN =
      joined(OF_ANY_ID_TOKEN, OF_ACCESS_TOKEN);

  private static final Set<String> IN_TOKEN = names(OF_ANY_ACCESS_TOKEN, ELSE.stream());

  /** Members of a token response that correspond to claims of the token. */
  private static final Set<String> IN_RESPONSE =
      names(OF_RESPONSE, Stream.concat(IN_TOKEN.stream(), Stream.of("issued_token_type")));

  private DecidedMembers() {}

  /**
   * Whether rules and Keycloak determine a member with that name in a token, or in a token
   * response.
   */
  static boolean include(String name, boolean response) {
    return (response ? IN_RESPONSE : IN_TOKEN).contains(name);
  }

  /** The fields of a document. */
  static List<Member<?>> of(Object document) {
    if (document instanceof AccessTokenResponse) {
      return OF_RESPONSE;
    }
    if (document instanceof AccessToken) {
      return OF_ANY_ACCESS_TOKEN;
    }
    return document instanceof IDToken ? OF_ANY_ID_TOKEN : OF_JWT;
  }

  private static List<Member<?>> joined(List<Member<?>> some, List<Member<?>> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static Set<String> names(List<Member<?>> members, Stream<String> more) {
    return Stream.concat(members.stream().map(Member::name), more)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static <V> Member<?> response(
      String name, Function<AccessTokenResponse, V> get, BiConsumer<AccessTokenResponse, V> set) {
    return member(AccessTokenResponse.class, name, get, set);
  }

  @SuppressWarnings("unchecked") // the value comes from the same field
  private static <D, V> Member<D> member(
      Class<D> owner, String name, Function<D, V> get, BiConsumer<D, V> set) {
    return new Member<>(
        owner, name, get::apply, (document, value) -> set.accept(document, (V) value), null);
  }

  @SuppressWarnings("unchecked")
  private static <D, V> Member<D> structure(
      Class<D> owner,
      String name,
      TypeReference<V> type,
      Function<D, V> get,
      BiConsumer<D, V> set) {
    return new Member<>(
        owner,
        name,
        get::apply,
        (document, value) -> set.accept(document, (V) value),
        JsonSerialization.mapper.constructType(type.getType()));
  }

  /**
   * A field of a document.
   *
   * @param structure the type of a value that can be changed in place, so that it is copied; null
   *     for others
   */
  record Member<D>(
      Class<D> owner,
      String name,
      Function<D, Object> get,
      BiConsumer<D, Object> set,
      JavaType structure) {

    Object read(Object document) {
      Object value = get.apply(owner.cast(document));
      return value == null || structure == null
          ? value
          : JsonSerialization.mapper.valueToTree(value);
    }

    void write(Object document, Object value) {
      try {
        set.accept(
            owner.cast(document),
            value instanceof JsonNode copy
                ? JsonSerialization.mapper.treeToValue(copy, structure)
                : value);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
