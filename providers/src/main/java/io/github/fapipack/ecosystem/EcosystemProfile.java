package io.github.fapipack.ecosystem;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * What an ecosystem demands of an authorization server, as its profile file says it. The file's
 * JSON Schema ({@code fapi-ecosystems/schema.json}) describes each member.
 *
 * @param id its name in the realm attribute {@code fapi.ecosystem}
 * @param name its name for people
 * @param version the version of the ecosystem's documents that the file follows
 * @param base the FAPI profile of the pack that a realm of the ecosystem uses, or null
 * @param directory who vouches for software, and how that is checked
 * @param registration how software becomes a client, and how the client is managed
 * @param statement what the members of a software statement mean
 * @param certificate the client certificate that a registration needs
 * @param roles what a role of the software allows, by the role's name
 * @param client settings that every registered client has
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
    ClientRules client) {

  public EcosystemProfile {
    roles = roles == null ? Map.of() : Map.copyOf(roles);
    client = client == null ? new ClientRules(null, null, null) : client;
    certificate =
        certificate == null ? new CertificateRules(null, null, null, null, null) : certificate;
  }

  /**
   * What a role allows.
   *
   * @param scopes the scopes that a client may have; they must exist in the realm
   * @param grantTypes the grants; null for no restriction
   * @param authorizationDetailsTypes the types of authorization details; null for no restriction
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Rights(
      List<String> scopes, List<String> grantTypes, List<String> authorizationDetailsTypes) {

    public Rights {
      scopes = scopes == null ? List.of() : List.copyOf(scopes);
      grantTypes = grantTypes == null ? null : List.copyOf(grantTypes);
      authorizationDetailsTypes =
          authorizationDetailsTypes == null ? null : List.copyOf(authorizationDetailsTypes);
    }
  }

  /**
   * Settings of registered clients.
   *
   * @param forced client metadata that every client has; a request that says otherwise is refused
   * @param allowed the values that a request may choose, by the member's name; the first one is the
   *     default
   * @param attributes client attributes of Keycloak that every client has
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record ClientRules(
      ObjectNode forced, Map<String, List<String>> allowed, Map<String, String> attributes) {

    public ClientRules {
      allowed = allowed == null ? Map.of() : Map.copyOf(allowed);
      attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
    }
  }
}
