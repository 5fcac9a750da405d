package io.github.fapipack.bankevents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.rule.Clause;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.keycloak.models.KeycloakSession;
import org.keycloak.util.JsonSerialization;

/**
 * {@code /realms/{realm}/fapi-consents/events}: the bank's consent service tells that a consent has
 * ended, as a signed event (RFC 8417) that it pushes (RFC 8935). Nothing is stored for an event
 * that is not the service's. An event that comes again has no effect, and is accepted.
 */
@Clause("CB 4-3")
public final class ConsentEventsResource {

  private static final String TYPE = "application/secevent+jwt";
  private static final int LONGEST = 16 * 1024;

  /** Seconds after which the service should try again. */
  private static final String RETRY = "10";

  private final KeycloakSession session;

  ConsentEventsResource(KeycloakSession session) {
    this.session = session;
  }

  /** Takes one event. */
  @POST
  @Path("events")
  @Consumes(TYPE)
  public Response event(InputStream body) throws IOException {
    byte[] token = body.readNBytes(LONGEST + 1);
    try {
      if (token.length > LONGEST) {
        throw EventFault.request("the event is longer than " + LONGEST + " bytes");
      }
      ConsentEnded ended =
          ConsentEnded.read(session, new String(token, StandardCharsets.US_ASCII).strip());
      new BankRevocation(session, session.getContext().getRealm()).end(ended.consentId());
      return uncached(Response.status(Status.ACCEPTED));
    } catch (EventFault e) {
      return e.isTemporary() ? later() : refused(e);
    }
  }

  private static Response refused(EventFault fault) {
    ObjectNode answer =
        JsonSerialization.createObjectNode()
            .put("err", fault.code())
            .put("description", fault.getMessage());
    return uncached(
        Response.status(Status.BAD_REQUEST)
            .header(HttpHeaders.CONTENT_LANGUAGE, "en")
            .entity(answer.toString()));
  }

  private static Response later() {
    return uncached(
        Response.status(Status.SERVICE_UNAVAILABLE).header(HttpHeaders.RETRY_AFTER, RETRY));
  }

  /** Keycloak demands a type also where there is no body. */
  private static Response uncached(Response.ResponseBuilder response) {
    return response
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
