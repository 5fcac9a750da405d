package io.github.fapipack.ecosystem;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an ecosystem demands of an authorization server, as its profile file says it. The file's
 * JSON Schema ({@code fapi-ecosystems/schema.json}) describes each member.
 *
 * @param id its name in the realm attribute {@code fapi.ecosystem}
 * @param name its name for people
 * @param version the version of the ecosystem's documents that the file follows
 * @param base the FAPI profile of the pack that a realm of the ecosystem uses, or null
 * @param directory who vouches for software, and how that is checked; {@link Directory#NONE} if
 *     only administrators register clients
 * @param registration how software becomes a client, and how the client is managed
 * @param statement what the members of a software statement mean; never null
 * @param certificate the client certificate that a registration needs
 * @param roles what a role of the software allows, by the role's name
 * @param client settings that every registered client has
 * @param consent how requests name a consent that the bank holds; null if they name none
 * @param authentication what a login must be like, and what ID tokens say about it
 * @param claims the single claims that a request may ask for, by name
 * @param purpose the request parameter {@code purpose}; null if it is not used
 * @param metadata what discovery lists
 */
@JsonNaming(SnakeCaseStrategy.class)
public record EcosystemProfile(
    String id,
    String name,
    String version,
    String base,
    Directory directory,
    RegistrationRules registration,
    StatementMembers statement,
    CertificateRules certificate,
    Map<String, Rights> roles,
    ClientRules client,
    ConsentRules consent,
    AuthenticationRules authentication,
    Map<String, ClaimRule> claims,
    PurposeRules purpose,
    MetadataRules metadata) {

  /** Claims about the token and the login, which no profile can give another meaning. */
  private static final Set<String> DECIDED_CLAIMS =
      Set.of(
          "iss",
          "sub",
          "aud",
          "exp",
          "iat",
          "nbf",
          "jti",
          "azp",
          "nonce",
          "acr",
          "amr",
          "at_hash",
          "c_hash",
          "s_hash",
          "sid",
          "typ",
          "txn",
          "cnf",
          "scope",
          "client_id",
          "auth_time");

  public EcosystemProfile {
    boolean closed = registration.mode() == RegistrationRules.Mode.CLOSED;
    if (!closed && (directory == null || statement == null)) {
      throw new IllegalArgumentException(
          "directory and statement are missing; only registration.mode closed does without them");
    }
    directory = directory == null ? Directory.NONE : directory;
    statement = statement == null ? StatementMembers.NONE : statement;
    roles = roles == null ? Map.of() : Map.copyOf(roles);
    client = client == null ? new ClientRules(null, null, null, null) : client;
    certificate =
        certificate == null ? new CertificateRules(null, null, null, null, null) : certificate;
    authentication = authentication == null ? AuthenticationRules.NONE : authentication;
    claims = claims == null ? Map.of() : Map.copyOf(claims);
    if (claims.keySet().stream().anyMatch(DECIDED_CLAIMS::contains)) {
      throw new IllegalArgumentException("claims must not name a claim that the server decides");
    }
    metadata = metadata == null ? new MetadataRules(null, null) : metadata;
  }

  /** A scope without what clients get in addition, and their metadata do not show. */
  public String shownScopes(String scope) {
    Set<String> hidden = new HashSet<>();
    Set<String> shown = new HashSet<>();
    for (Rights rights : roles.values()) {
      hidden.addAll(rights.attachedScopes());
      shown.addAll(rights.scopes());
    }
    hidden.removeAll(shown);
    return Arrays.stream(scope.split(" "))
        .filter(name -> !hidden.contains(name))
        .collect(Collectors.joining(" "));
  }

  /**
   * What a role allows.
   *
   * @param scopes the scopes that a client may have; they must exist in the realm
   * @param attachedScopes client scopes of the realm that clients get in addition, and that their
   *     metadata do not show
   * @param grantTypes the grants; null for no restriction
   * @param authorizationDetailsTypes the types of authorization details; null for no restriction
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Rights(
      List<String> scopes,
      List<String> attachedScopes,
      List<String> grantTypes,
      List<String> authorizationDetailsTypes) {

    public Rights {
      scopes = scopes == null ? List.of() : List.copyOf(scopes);
      attachedScopes = attachedScopes == null ? List.of() : List.copyOf(attachedScopes);
      grantTypes = grantTypes == null ? null : List.copyOf(grantTypes);
      authorizationDetailsTypes =
          authorizationDetailsTypes == null ? null : List.copyOf(authorizationDetailsTypes);
    }
  }

  /**
   * Settings of registered clients.
   *
   * @param forced client metadata that every client has; a request that says otherwise is refused
   * @param defaults client metadata that a client has if its request does not say otherwise
   * @param allowed the values that a request may choose, by the member's name; the first one takes
   *     the place of a standard default that is not among them
   * @param attributes client attributes of Keycloak that every client has
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record ClientRules(
      ObjectNode forced,
      ObjectNode defaults,
      Map<String, List<String>> allowed,
      Map<String, String> attributes) {

    public ClientRules {
      allowed = allowed == null ? Map.of() : Map.copyOf(allowed);
      attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
    }
  }
}
