package io.github.fapipack.trust;

import io.github.fapipack.ecosystem.EcosystemClient;
import io.github.fapipack.ecosystem.EcosystemProfile;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;

/** The attributes of a client that a software has registered with its statement. */
public final class SoftwareClient {

  /** The id of the software in the directory. */
  public static final String SOFTWARE = EcosystemClient.SOFTWARE;

  /** The id of its organisation. */
  public static final String ORGANISATION = "fapi.organisation-id";

  /** The name of the organisation, which the consent page shows. */
  public static final String ORGANISATION_NAME = "organization_name";

  /** The statement as it was sent (RFC 7591 3.2.1). */
  public static final String STATEMENT = "fapi.software-statement";

  /** The attributes that only a statement sets. */
  public static final Set<String> OWN =
      Set.of(SOFTWARE, ORGANISATION, ORGANISATION_NAME, STATEMENT);

  private SoftwareClient() {}

  /** Whether a software has registered the client with a statement. */
  public static boolean is(ClientModel client) {
    return client.getAttribute(SOFTWARE) != null;
  }

  /** The attributes for a statement, those that the profile gives to every client included. */
  public static Map<String, String> attributes(
      EcosystemProfile profile, SoftwareStatement statement) {
    Map<String, String> attributes = new HashMap<>(profile.client().attributes());
    attributes.put(SOFTWARE, statement.softwareId());
    attributes.put(ORGANISATION, statement.organisationId());
    attributes.put(ORGANISATION_NAME, statement.organisationName());
    attributes.put(STATEMENT, statement.jwt().compact());
    return attributes;
  }

  /** The statement of a client, which was verified when it was stored. */
  public static Optional<SoftwareStatement> statement(
      EcosystemProfile profile, ClientModel client) {
    return Optional.ofNullable(client.getAttribute(STATEMENT))
        .flatMap(text -> SoftwareStatement.stored(profile.statement(), text));
  }
}
