package io.github.fapipack.protocol;

import io.github.fapipack.authorization.LimitRequestUriLifetime;
import io.github.fapipack.bridge.ConsentScopes;
import io.github.fapipack.keycloak.Order;
import io.github.fapipack.occasion.PushedRequestEvent;
import io.github.fapipack.request.ReadClaims;
import io.github.fapipack.request.ResourceIndicators;
import io.github.fapipack.rule.RealmRules;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.ext.OIDCExtProvider;
import org.keycloak.protocol.oidc.par.ParResponse;
import org.keycloak.protocol.oidc.par.endpoints.ParEndpoint;
import org.keycloak.protocol.oidc.par.endpoints.ParRootEndpoint;
import org.keycloak.protocol.oidc.par.endpoints.request.AuthzEndpointParParser;
import org.keycloak.protocol.oidc.utils.AuthorizeClientUtil;
import org.keycloak.services.clientpolicy.ClientPolicyException;

/**
 * Replaces Keycloak's endpoint for pushed authorization requests (RFC 9126), which hides why a
 * client could not be authenticated. In realms without rules of the pack it behaves like Keycloak's
 * own.
 */
public final class PushedAuthorizationEndpoint extends ParRootEndpoint {

  private static final Logger LOGGER = Logger.getLogger(PushedAuthorizationEndpoint.class);

  private final KeycloakSession session;
  private EventBuilder event;

  /** Called by the service loader. */
  public PushedAuthorizationEndpoint() {
    this(null);
  }

  private PushedAuthorizationEndpoint(KeycloakSession session) {
    super(session);
    this.session = session;
  }

  @Override
  public OIDCExtProvider create(KeycloakSession session) {
    return new PushedAuthorizationEndpoint(session);
  }

  /** Takes precedence over the endpoint with the same id. */
  @Override
  public int order() {
    return Order.BEFORE_KEYCLOAK;
  }

  @Override
  public void setEvent(EventBuilder event) {
    super.setEvent(event);
    this.event = event;
  }

  @Override
  public ParEndpoint request() {
    return RealmRules.of(session).isEmpty() ? super.request() : new Request(session, event);
  }

  private static final class Request extends ParEndpoint {

    Request(KeycloakSession session, EventBuilder event) {
      super(session, event);
    }

    @Override
    public Response request() {
      try {
        Response response = super.request();
        RealmRules.trigger(session, new PushedRequestEvent(client));
        return limited(response);
      } catch (ClientPolicyException e) {
        event.detail(Details.REASON, e.getErrorDetail()).error(e.getError());
        throw errorResponseException(e.getError(), e.getErrorDetail(), Status.BAD_REQUEST);
      } catch (WebApplicationException e) {
        throw e;
      } catch (RuntimeException e) {
        // Malformed input must not be reported as a server error; the log has the cause.
        LOGGER.warn("A pushed authorization request could not be processed", e);
        throw errorResponseException(
            "invalid_request", "the request is malformed", Status.BAD_REQUEST);
      }
    }

    /** RFC 9126 2.3: errors as at the token endpoint, so {@code invalid_client} with 401. */
    @Override
    protected void authorizeClient() {
      client = AuthorizeClientUtil.authorizeClient(session, event, cors).getClient();
      event.client(client);
      // The parameters in the form that Keycloak reads, now that the client is authenticated.
      MultivaluedMap<String, String> form =
          session.getContext().getHttpRequest().getDecodedFormParameters();
      ConsentScopes.takeOut(session, form);
      form.computeIfPresent(
          OIDCLoginProtocol.CLAIMS_PARAM,
          (name, sent) -> List.of(ReadClaims.of(sent.get(0), client)));
      ResourceIndicators.take(session, form);
    }

    /** Keycloak has one lifetime per realm; the rule's may be shorter, and differ by client. */
    private Response limited(Response response) {
      Optional<Integer> limit = LimitRequestUriLifetime.of(session);
      if (limit.isEmpty() || !(response.getEntity() instanceof ParResponse granted)) {
        return response;
      }
      int seconds = limit.get();
      Map<String, String> parameters =
          new HashMap<>(AuthzEndpointParParser.getRequestObject(session, granted.getRequestUri()));
      // The store keeps an entry at least as long as requested; Keycloak checks the age when the
      // request is used, against the realm's lifetime. An earlier creation time makes it expire in
      // time.
      long earlier = (granted.getExpiresIn() - seconds) * 1000L;
      parameters.computeIfPresent(
          PAR_CREATED_TIME, (name, time) -> String.valueOf(Long.parseLong(time) - earlier));
      // A stored entry cannot be changed before the transaction ends. So it is stored again under a
      // second key; the first key is not disclosed.
      String key = SecretGenerator.getInstance().generateSecureID();
      session.singleUseObjects().put(CACHE_KEY_PREFIX + key, seconds, parameters);
      granted.setRequestUri(REQUEST_URI_PREFIX + key);
      granted.setExpiresIn(seconds);
      return response;
    }
  }
}
