package io.github.fapipack.portal;

import io.github.fapipack.consent.SafeText;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.forms.login.LoginFormsProvider;

/** A page of the directory: what is the same everywhere, and sections or a form. */
final class PortalPage {

  private static final String TEMPLATE = "fapi-scheme.ftl";

  private static final int LONGEST_NAME = 80;

  private final PortalRequest request;
  private final Map<String, Object> model = new HashMap<>();
  private final List<Map<String, Object>> sections = new ArrayList<>();

  PortalPage(PortalRequest request, String title, Trail trail) {
    this.request = request;
    model.put("title", title);
    model.put("trail", trail.steps());
    model.put("sections", sections);
    model.put("menu", menu(request));
    model.put("user", SafeText.of(request.loggedIn().user().getUsername(), LONGEST_NAME));
    model.put("logout", PortalLogin.end(request.session()));
  }

  /** A page whose title is a name that somebody else has chosen. */
  PortalPage named() {
    model.put("named", true);
    return this;
  }

  PortalPage add(Section section) {
    sections.add(section.model());
    return this;
  }

  PortalPage addIf(boolean has, Section section) {
    return has ? add(section) : this;
  }

  Response render() throws IOException {
    return render(Response.Status.OK);
  }

  Response render(Form form, Response.Status status) throws IOException {
    model.put("form", form.model(request.loggedIn().stateChecker()));
    return render(status);
  }

  Response render(Response.Status status) throws IOException {
    String news = News.take(request.loggedIn().userSession());
    if (news != null) {
      model.put("news", request.words().of(news));
    }
    LoginFormsProvider form =
        request
            .session()
            .getProvider(LoginFormsProvider.class)
            .setUser(request.loggedIn().user())
            .setStatus(status)
            .setAttribute("page", model);
    return request.frame().render(form, TEMPLATE, null);
  }

  private static List<Map<String, String>> menu(PortalRequest request) {
    if (!request.desk().access().operator()) {
      return List.of();
    }
    Words words = request.words();
    return List.of(
        item(words.of("todo.title"), request.address("operator")),
        item(words.of("organisations.title"), request.address("operator/organisations")),
        item(words.of("certificates.title"), request.address("operator/certificates")));
  }

  private static Map<String, String> item(String words, String address) {
    return Map.of("words", words, "address", address);
  }
}
