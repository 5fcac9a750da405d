package io.github.fapipack.ecosystem;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * How software becomes a client.
 *
 * @param mode the form of a request
 * @param request limits for signed requests; null unless {@code mode} is {@link Mode#SIGNED}
 * @param management how a registered client is managed
 * @param duplicateError the error for software that is registered already
 * @param clientId how the client gets its {@code client_id}
 * @param otherWays what becomes of Keycloak's other registration endpoints
 * @param unknownScopes what becomes of scopes that the software's roles do not allow
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RegistrationRules(
    Mode mode,
    SignedRequest request,
    Management management,
    String duplicateError,
    ClientId clientId,
    OtherWays otherWays,
    UnknownScopes unknownScopes) {

  public RegistrationRules {
    duplicateError = duplicateError == null ? "invalid_software_statement" : duplicateError;
    clientId = clientId == null ? ClientId.GENERATED : clientId;
    otherWays = otherWays == null ? OtherWays.ADMINISTRATORS : otherWays;
    unknownScopes = unknownScopes == null ? UnknownScopes.REFUSE : unknownScopes;
    management = management == null ? new Management(null, null, null, false) : management;
    if ((mode == Mode.SIGNED) != (request != null)) {
      throw new IllegalArgumentException(
          "registration.request belongs to the mode ssa-jwt, and only to it");
    }
  }

  /** The form of a request. */
  public enum Mode {
    /** JSON with the member {@code software_statement} (RFC 7591 3.1.1). */
    @JsonProperty("ssa-json")
    JSON,

    /** A signed JWT with the claim {@code software_statement}. */
    @JsonProperty("ssa-jwt")
    SIGNED,

    /** Only administrators register clients. */
    @JsonProperty("closed")
    CLOSED
  }

  /**
   * Limits for signed requests.
   *
   * @param algorithms the signature algorithms
   * @param issuer the member of the statement that {@code iss} must equal
   * @param audience what {@code aud} must contain, any of them: {@code issuer}, {@code
   *     registration_endpoint}, {@code token_endpoint}, {@code organisation_id} for the realm
   *     attribute {@code fapi.organisation-id}, or a literal value
   * @param maxAge seconds since {@code iat}
   * @param once whether each request, known by its {@code jti}, is accepted once
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record SignedRequest(
      List<String> algorithms, MemberPath issuer, List<String> audience, int maxAge, boolean once) {

    public SignedRequest {
      algorithms = List.copyOf(algorithms);
      audience = List.copyOf(audience);
    }
  }

  /**
   * How a registered client is managed (RFC 7592).
   *
   * @param authentication the token of a request
   * @param scope the scope of the client's own token; null with a registration access token
   * @param methods the HTTP methods that are offered
   * @param statementOnUpdate whether an update needs a fresh statement
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Management(
      ManagementToken authentication,
      String scope,
      List<String> methods,
      boolean statementOnUpdate) {

    public Management {
      authentication =
          authentication == null ? ManagementToken.REGISTRATION_ACCESS_TOKEN : authentication;
      methods = methods == null ? List.of("GET", "PUT", "DELETE") : List.copyOf(methods);
      if ((authentication == ManagementToken.CLIENT_CREDENTIALS) != (scope != null)) {
        throw new IllegalArgumentException(
            "registration.management.scope belongs to client-credentials, and only to it");
      }
    }
  }

  /** The token with which a client manages its registration. */
  public enum ManagementToken {
    /** That of RFC 7592; it is never replaced by another one. */
    @JsonProperty("registration-access-token")
    REGISTRATION_ACCESS_TOKEN,

    /** An access token that the client got for itself, bound to its certificate. */
    @JsonProperty("client-credentials")
    CLIENT_CREDENTIALS
  }

  /** How a client gets its {@code client_id}. */
  public enum ClientId {
    @JsonProperty("generated")
    GENERATED,

    /** It is the id of the software. */
    @JsonProperty("software_id")
    SOFTWARE_ID
  }

  /** What becomes of Keycloak's other registration endpoints. */
  public enum OtherWays {
    @JsonProperty("closed")
    CLOSED,

    /** Administrators may use them, with their own tokens or initial access tokens. */
    @JsonProperty("administrators")
    ADMINISTRATORS
  }

  /** What becomes of scopes that the software's roles do not allow. */
  public enum UnknownScopes {
    @JsonProperty("refuse")
    REFUSE,

    @JsonProperty("ignore")
    IGNORE
  }
}
