package io.github.fapipack.portal;

import io.github.fapipack.consent.LoggedInUser;
import io.github.fapipack.consent.PageFrame;
import io.github.fapipack.scheme.Accesses;
import io.github.fapipack.scheme.Desk;
import io.github.fapipack.scheme.Duty;
import io.github.fapipack.scheme.SchemeFault;
import io.github.fapipack.scheme.SchemeTemplate;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.resources.admin.AdminAuth;

/** A request of somebody who is logged in, for a page or with a form. */
final class PortalRequest {

  /** What a page does with the request. */
  @FunctionalInterface
  interface Step {
    Response take(PortalRequest request) throws IOException;
  }

  private static final String STATE_CHECKER = "stateChecker";

  private final KeycloakSession session;
  private final LoggedInUser loggedIn;
  private final SchemeTemplate template;
  private final Desk desk;
  private final PageFrame frame;
  private final Words words;
  private final Sent sent;

  private PortalRequest(
      KeycloakSession session, LoggedInUser loggedIn, SchemeTemplate template, Sent sent)
      throws IOException {
    this.session = session;
    this.loggedIn = loggedIn;
    this.template = template;
    this.sent = sent;
    this.desk = desk(session, loggedIn);
    this.frame = PageFrame.of(session, loggedIn.user());
    this.words = new Words(frame.wording(), template.roles());
  }

  /** Events name the account console, by which everybody logs in. */
  private static Desk desk(KeycloakSession session, LoggedInUser loggedIn) {
    RealmModel realm = session.getContext().getRealm();
    ClientModel client = realm.getClientByClientId(Constants.ACCOUNT_CONSOLE_CLIENT_ID);
    return Desk.of(
            session,
            Accesses.of(session, loggedIn.user()),
            new AdminAuth(realm, new AccessToken(), loggedIn.user(), client))
        .orElseThrow(NotFoundException::new);
  }

  /** Answers a request that changes nothing. */
  static Response read(KeycloakSession session, Step step) throws IOException {
    return answer(session, null, step);
  }

  /** Answers a form, if it comes from one of these pages. */
  static Response change(KeycloakSession session, Step step) throws IOException {
    return answer(session, Sent.form(session), step);
  }

  /** The same for a form with a file. */
  static Response upload(KeycloakSession session, Step step) throws IOException {
    return answer(session, SentFile.form(), step);
  }

  private static Response answer(KeycloakSession session, Sent sent, Step step) throws IOException {
    SchemeTemplate template =
        SchemeTemplate.of(session.getContext().getRealm()).orElseThrow(NotFoundException::new);
    Optional<LoggedInUser> loggedIn = LoggedInUser.of(session);
    if (loggedIn.isEmpty()) {
      return PortalLogin.start(session);
    }
    PortalRequest request = new PortalRequest(session, loggedIn.get(), template, sent);
    if (sent != null && !loggedIn.get().isOwn(sent.values().getFirst(STATE_CHECKER))) {
      return request.refuse(SchemeFault.Kind.FORBIDDEN, request.words.of("fault.foreign"));
    }
    try {
      return step.take(request);
    } catch (SchemeFault fault) {
      return request.refuse(
          fault.kind(),
          fault.kind() == SchemeFault.Kind.UNKNOWN
              ? request.words.of("fault.unknown")
              : request.words.fault(fault));
    }
  }

  KeycloakSession session() {
    return session;
  }

  LoggedInUser loggedIn() {
    return loggedIn;
  }

  SchemeTemplate template() {
    return template;
  }

  Desk desk() {
    return desk;
  }

  PageFrame frame() {
    return frame;
  }

  Words words() {
    return words;
  }

  /** The form; null if the request has none. */
  Sent sent() {
    return sent;
  }

  /** The address of a page. */
  String address(String path) {
    return PortalLogin.page(session, path.isEmpty() ? "" : "/" + path).toString();
  }

  String query(String name) {
    return session.getContext().getUri().getQueryParameters().getFirst(name);
  }

  /**
   * Refuses what the visitor may not do before a form is shown for it; the desk checks it again.
   */
  void require(String organisationId, Duty duty) {
    if (!desk.access().may(desk.organisation(organisationId).id(), duty)) {
      throw new SchemeFault(
          SchemeFault.Kind.FORBIDDEN,
          null,
          duty == Duty.TECHNICAL
              ? "only administrators and technical contacts of the organisation can do that"
              : "only administrators of the organisation can do that");
    }
  }

  /** Shows a form. */
  Response show(Form form, Trail trail) throws IOException {
    return new PortalPage(this, form.title(), trail).render(form, Response.Status.OK);
  }

  /**
   * Does what a form asks for. If that is not possible, the form is shown again with what was
   * typed, and says why.
   *
   * @param form made again, because it shows what has changed meanwhile
   */
  Response submit(Supplier<Form> form, Trail trail, Supplier<Response> action) throws IOException {
    try {
      return action.get();
    } catch (SchemeFault fault) {
      if (fault.kind() == SchemeFault.Kind.FORBIDDEN || fault.kind() == SchemeFault.Kind.UNKNOWN) {
        throw fault;
      }
      session.getTransactionManager().setRollbackOnly();
      Form again = form.get().keep(sent);
      again.problem(fault.field(), words.fault(fault, again.label(fault.field())));
      return new PortalPage(this, again.title(), trail)
          .render(again, Response.Status.fromStatusCode(fault.kind().status()));
    }
  }

  /** Leads to a page that says what was done. */
  Response done(String path, String news) {
    News.leave(loggedIn.userSession(), news);
    return Response.seeOther(PortalLogin.page(session, path.isEmpty() ? "" : "/" + path)).build();
  }

  private Response refuse(SchemeFault.Kind kind, String sentence) throws IOException {
    session.getTransactionManager().setRollbackOnly();
    String title =
        words.of(kind == SchemeFault.Kind.UNKNOWN ? "fault.unknown.title" : "fault.title");
    return new PortalPage(this, title, Trail.of(this))
        .add(new Section("fault", null).warning(sentence))
        .render(Response.Status.fromStatusCode(kind.status()));
  }
}
