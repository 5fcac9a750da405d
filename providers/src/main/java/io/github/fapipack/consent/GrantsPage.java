package io.github.fapipack.consent;

import io.github.fapipack.bridge.EndedBy;
import io.github.fapipack.grantmanagement.Grant;
import io.github.fapipack.grantmanagement.Grants;
import io.github.fapipack.keycloak.PlainResource;
import io.github.fapipack.rar.AuthorizationDetailsTypes;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;

/**
 * The page on which users see their grants and can revoke them. The user is identified by
 * Keycloak's session cookie.
 */
public final class GrantsPage implements PlainResource {

  private static final int PAGE = 20;
  private static final String LIST = "fapi-grants.ftl";
  private static final String CONFIRM = "fapi-grant-revoke.ftl";

  /** The note of the user's session with a message for the next view. */
  private static final String NEWS = "fapi.grants.news";

  /** A detail of the revocation event. */
  private static final String GRANT_ID = "grant_id";

  private final KeycloakSession session;
  private final RealmModel realm;

  GrantsPage(KeycloakSession session) {
    this.session = session;
    this.realm = session.getContext().getRealm();
  }

  @Override
  public Object getResource() {
    return this;
  }

  /** All grants of the user, latest first. */
  @GET
  public Response list(@QueryParam("first") String from) throws IOException {
    LoggedInUser loggedIn = LoggedInUser.of(session).orElse(null);
    if (loggedIn == null) {
      return LoggedInUser.logIn(session);
    }
    int first = from != null && from.matches("[0-9]{1,6}") ? Integer.parseInt(from) : 0;
    List<Grant> grants = grants().ofUser(realm, loggedIn.user(), first, PAGE + 1).toList();
    PageFrame frame = PageFrame.of(session, loggedIn.user());
    GrantedConsents consents = consents(loggedIn, frame);
    Map<String, Object> page = loggedIn.model();
    page.put(
        "grants", grants.stream().limit(PAGE).map(grant -> model(grant, frame, consents)).toList());
    if (grants.size() > PAGE) {
      page.put("more", loggedIn.home() + "?first=" + (first + PAGE));
    }
    UserSessionModel userSession = loggedIn.userSession();
    String news = userSession.getNote(NEWS);
    if (news != null) {
      userSession.removeNote(NEWS);
      page.put("news", frame.wording().text(news));
    }
    return render(frame, loggedIn, page, LIST);
  }

  /** Asks for confirmation before a grant is revoked. */
  @GET
  @Path("{id}")
  public Response ask(@PathParam("id") String id) throws IOException {
    LoggedInUser loggedIn = LoggedInUser.of(session).orElse(null);
    if (loggedIn == null) {
      return LoggedInUser.logIn(session);
    }
    Grant grant = find(loggedIn, id).orElse(null);
    if (grant == null) {
      return back(loggedIn, "fapi.grants.gone");
    }
    PageFrame frame = PageFrame.of(session, loggedIn.user());
    Map<String, Object> page = loggedIn.model();
    page.put("grant", model(grant, frame, consents(loggedIn, frame)));
    page.put("stateChecker", loggedIn.stateChecker());
    return render(frame, loggedIn, page, CONFIRM);
  }

  /** Revokes a grant. */
  @POST
  @Path("{id}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response revoke(@PathParam("id") String id) {
    LoggedInUser loggedIn = LoggedInUser.of(session).orElse(null);
    if (loggedIn == null) {
      return LoggedInUser.logIn(session);
    }
    MultivaluedMap<String, String> form =
        session.getContext().getHttpRequest().getDecodedFormParameters();
    if (!loggedIn.isOwn(form.getFirst("stateChecker"))) {
      return back(loggedIn, "fapi.grants.forbidden");
    }
    Grant grant = find(loggedIn, id).orElse(null);
    if (grant == null || !grants().revoke(realm, id, EndedBy.USER)) {
      return back(loggedIn, "fapi.grants.gone");
    }
    ClientModel client = realm.getClientById(grant.clientId());
    new EventBuilder(realm, session, session.getContext().getConnection())
        .event(EventType.REVOKE_GRANT)
        .user(loggedIn.user())
        .session(loggedIn.userSession())
        .client(client)
        // Keycloak's own detail for a consent would revoke all grants of the client.
        .detail(GRANT_ID, grant.id())
        .success();
    return back(loggedIn, "fapi.grants.revoked");
  }

  private Grants grants() {
    return session.getProvider(Grants.class);
  }

  private Optional<Grant> find(LoggedInUser loggedIn, String id) {
    return grants().find(realm, id).filter(grant -> grant.userId().equals(loggedIn.user().getId()));
  }

  private GrantedConsents consents(LoggedInUser loggedIn, PageFrame frame) {
    return new GrantedConsents(session, realm, loggedIn.user(), frame.wording());
  }

  private Map<String, Object> model(Grant grant, PageFrame frame, GrantedConsents consents) {
    Wording wording = frame.wording();
    DetailView details =
        new DetailView(
            AuthorizationDetailsTypes.of(realm),
            wording,
            session.users().getUserById(realm, grant.userId()));
    ClientModel client = realm.getClientById(grant.clientId());
    Map<String, Object> model = new HashMap<>();
    model.put("id", grant.id());
    model.put(
        "client",
        client == null
            ? Map.of("name", wording.text("fapi.grants.client.gone"), "initial", "?")
            : new Requester(session, client).model(null));
    model.put("since", wording.day(grant.createdAt()));
    if (grant.expiresAt() != null) {
      model.put("until", wording.day(grant.expiresAt()));
    }
    model.put("details", grant.authorizationDetails().stream().map(details::of).toList());
    model.put("scopes", ScopeConsent.texts(realm, grant.scopes(), wording));
    consents.of(grant).ifPresent(consent -> model.put("bank", consent));
    return model;
  }

  private Response back(LoggedInUser loggedIn, String news) {
    loggedIn.userSession().setNote(NEWS, news);
    return Response.seeOther(loggedIn.home()).build();
  }

  private Response render(
      PageFrame frame, LoggedInUser loggedIn, Map<String, Object> page, String template)
      throws IOException {
    LoginFormsProvider form =
        session
            .getProvider(LoginFormsProvider.class)
            .setUser(loggedIn.user())
            .setAttribute("page", page);
    return frame.render(form, template, null);
  }
}
