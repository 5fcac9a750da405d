package io.github.fapipack.portal;

import io.github.fapipack.scheme.SchemeFault;
import io.github.fapipack.scheme.Standing;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * Where the operator decides: first what, then a page that says what will happen and asks for the
 * reason.
 */
public final class DecisionPage {

  private static final String STANDING = "standing";

  private final KeycloakSession session;
  private final Decision decision;

  DecisionPage(KeycloakSession session, Decision decision) {
    this.session = session;
    this.decision = decision;
  }

  @GET
  public Response ask() throws IOException {
    return PortalRequest.read(
        session,
        request -> {
          requireOperator(request);
          Decision.Subject subject = decision.subject(request);
          Optional<Standing> standing = standing(subject, request.query(STANDING));
          return standing.isPresent()
              ? request.show(form(request, subject, standing.get()), subject.trail())
              : choose(request, subject);
        });
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response decide() throws IOException {
    return PortalRequest.change(
        session,
        request -> {
          requireOperator(request);
          Decision.Subject subject = decision.subject(request);
          Optional<Standing> standing = standing(subject, request.sent().text(STANDING));
          if (standing.isEmpty()) {
            return choose(request, subject);
          }
          return request.submit(
              () -> form(request, decision.subject(request), standing.get()),
              subject.trail(),
              () -> {
                decision.make(
                    request,
                    request.sent().version(),
                    standing.get(),
                    request.sent().oneLine("reason"));
                return request.done(subject.path(), "decide.done");
              });
        });
  }

  private static void requireOperator(PortalRequest request) {
    if (!request.desk().access().operator()) {
      throw new SchemeFault(
          SchemeFault.Kind.FORBIDDEN, null, "only an operator of the scheme may do this");
    }
  }

  private Response choose(PortalRequest request, Decision.Subject subject) throws IOException {
    Words words = request.words();
    Section section =
        new Section("decide", null)
            .fact(words.of("decide.about"), Cell.quoted(subject.name()))
            .fact(words.of("field.standing"), Cell.standing(words, subject.now()));
    possible(subject)
        .forEach(
            standing ->
                section.link(
                    words.of("decide.to." + standing.jsonName()),
                    "?"
                        + STANDING
                        + "="
                        + standing.jsonName()
                        + Optional.ofNullable(role(request))
                            .map(role -> "&role=" + Encoded.of(role))
                            .orElse("")));
    if (possible(subject).isEmpty()) {
      section.paragraph(words.of("decide.final"));
    }
    return new PortalPage(request, words.of("decide.title"), subject.trail()).add(section).render();
  }

  private static Form form(PortalRequest request, Decision.Subject subject, Standing standing) {
    Words words = request.words();
    Form form =
        new Form(
                words.of("decide.to." + standing.jsonName()),
                words.of("decide.to." + standing.jsonName()),
                request.address(subject.path()))
            .fact(words.of("decide.about"), Cell.quoted(subject.name()))
            .fact(words.of("field.standing"), Cell.standing(words, subject.now()))
            .paragraph(words.of("decide." + subject.kind() + "." + standing.jsonName()))
            .field(
                Field.lines("reason", words.of("field.why"))
                    .hint(words.of("decide.why.hint"))
                    .optional(standing == Standing.ACTIVE ? words.of("field.optional") : null))
            .hidden(STANDING, standing.jsonName())
            .version(subject.version());
    if (role(request) != null) {
      form.hidden(Decision.ROLE, role(request));
    }
    return standing == Standing.ACTIVE ? form : form.dangerous();
  }

  private static String role(PortalRequest request) {
    return request.sent() == null
        ? request.query(Decision.ROLE)
        : request.sent().textOrNull(Decision.ROLE);
  }

  private static Optional<Standing> standing(Decision.Subject subject, String name) {
    return Arrays.stream(Standing.values())
        .filter(standing -> standing.jsonName().equals(name))
        .filter(possible(subject)::contains)
        .findFirst();
  }

  /** What can follow; only a role can come back after it was withdrawn. */
  private static List<Standing> possible(Decision.Subject subject) {
    boolean proof = subject.kind().equals("proof");
    return switch (subject.now()) {
      case PENDING -> List.of(Standing.ACTIVE, Standing.WITHDRAWN);
      case ACTIVE -> proof ? List.of() : List.of(Standing.SUSPENDED, Standing.WITHDRAWN);
      case SUSPENDED -> List.of(Standing.ACTIVE, Standing.WITHDRAWN);
      case WITHDRAWN -> subject.kind().equals("role") ? List.of(Standing.ACTIVE) : List.of();
    };
  }
}
