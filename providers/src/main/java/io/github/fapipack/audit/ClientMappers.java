package io.github.fapipack.audit;

import io.github.fapipack.claims.RestrictProtocolMappers;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import java.util.List;
import org.keycloak.models.Constants;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;

/**
 * Checks the protocol mappers of a client: those for claims that rules and Keycloak determine, and
 * all mappers of a client with a registration access token, because it may have added them itself.
 */
final class ClientMappers implements ClientCheck {

  private static final String MAPPERS = "/protocolMappers";

  @Override
  public String id() {
    return "fapi-client-mappers";
  }

  @Override
  public String help() {
    return "Clients have no protocol mapper for a claim that rules and Keycloak decide, and none"
        + " that they may have given to themselves.";
  }

  @Override
  public void check(ClientUnderAudit client) {
    boolean registered = client.stored().getRegistrationToken() != null;
    client
        .stored()
        .getProtocolMappersStream()
        .sorted((one, other) -> one.getName().compareTo(other.getName()))
        .forEach(
            mapper -> {
              RestrictProtocolMappers.forbidden(mapper)
                  .ifPresent(
                      claim ->
                          client.report(
                              forbidden(id(), client.where().at(MAPPERS), mapper, claim)));
              if (registered) {
                client.report(
                    unknown(
                        client.where().at(MAPPERS),
                        "protocol mapper '" + mapper.getName() + "' " + description(mapper)));
              }
            });
    if (registered && client.attribute(Constants.ACR_LOA_MAP) != null) {
      client.report(
          unknown(
              client.where().at("/attributes/" + Constants.ACR_LOA_MAP),
              "the names of authentication levels"));
    }
  }

  /** A finding about a mapper whose claim is dropped at run time. */
  static Finding forbidden(String check, Where where, ProtocolMapperModel mapper, String claim) {
    return new Finding(
        Severity.WARNING,
        check,
        RestrictProtocolMappers.CLAUSE,
        where,
        "protocol mapper '"
            + mapper.getName()
            + "' writes "
            + claim
            + ", which rules and Keycloak decide, so that it is dropped",
        "remove the mapper, or give its claim another name",
        List.of());
  }

  private Finding unknown(Where where, String what) {
    return new Finding(
        Severity.WARNING,
        id(),
        RestrictProtocolMappers.CLAUSE,
        where,
        "the client holds a registration access token, with which it may have set for itself: "
            + what,
        "check whether an administrator has set it, and remove it if not",
        List.of());
  }

  private static String description(ProtocolMapperModel mapper) {
    String claim = mapper.getConfig().get(OIDCAttributeMapperHelper.TOKEN_CLAIM_NAME);
    return "of type "
        + mapper.getProtocolMapper()
        + (claim == null ? "" : " for the claim '" + claim + "'");
  }
}
