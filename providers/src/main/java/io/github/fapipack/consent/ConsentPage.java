package io.github.fapipack.consent;

import io.github.fapipack.grants.Grant;
import io.github.fapipack.rar.AuthorizationDetailsTypes;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The page that says what is being approved (FAPI2-SP 5.3.2.2-13, RFC 9396 3.1-2). */
final class ConsentPage {

  private static final String TEMPLATE = "fapi-consent.ftl";

  private final RequiredActionContext context;
  private final KeycloakSession session;
  private final AuthenticationSessionModel authentication;

  ConsentPage(RequiredActionContext context) {
    this.context = context;
    this.session = context.getSession();
    this.authentication = context.getAuthenticationSession();
  }

  /**
   * Makes the page.
   *
   * @param held the grant that is to be changed, or null
   * @param entered what she had chosen when something else was missing; null at first
   * @param problem the message key of what is missing, or null
   */
  Response show(
      ConsentRequest request, List<Item> items, Grant held, Set<String> entered, String problem)
      throws IOException {
    PageFrame frame = PageFrame.of(session, context.getUser());
    Wording wording = frame.wording();
    Requester requester = new Requester(session, authentication.getClient());
    DetailView details =
        new DetailView(AuthorizationDetailsTypes.of(authentication.getRealm()), wording);

    Map<String, Object> consent = new HashMap<>();
    consent.put("client", requester.model(authentication.getRedirectUri()));
    consent.put("user", SafeText.of(context.getUser().getUsername(), 80));
    consent.put("items", items.stream().map(item -> model(item, details, entered)).toList());
    consent.put("scopes", new ScopeConsent(session, authentication).texts(wording));
    consent.put("lifetimes", lifetimes(wording, entered));
    consent.put("possible", items.stream().allMatch(ConsentPage::canBeApproved));
    if (request.action() != null) {
      consent.put("action", request.action().value());
    }
    if (held != null) {
      consent.put("held", held.authorizationDetails().stream().map(details::of).toList());
      consent.put(
          "heldScopes", ScopeConsent.texts(authentication.getRealm(), held.scopes(), wording));
    }
    if (problem != null) {
      consent.put("problem", wording.text(problem));
    }
    LoginFormsProvider form = context.form().setAttribute("consent", consent);
    return frame.render(form, TEMPLATE, requester.logo().orElse(null));
  }

  /** What has nothing to pick from can only be refused. */
  private static boolean canBeApproved(Item item) {
    return item.optional() || !item.chooses() || !item.options().isEmpty();
  }

  private static Map<String, Object> model(Item item, DetailView details, Set<String> entered) {
    Map<String, Object> model = new HashMap<>(details.of(item.detail()));
    model.put("index", item.index());
    model.put("optional", item.optional());
    model.put("field", item.approveField());
    model.put("checked", entered == null || entered.contains(item.approveField()));
    if (item.chooses()) {
      model.put("choiceField", item.chooseField());
      model.put("many", item.choosesMany());
      model.put(
          "options",
          item.options().stream()
              .map(
                  option ->
                      Map.of(
                          "value",
                          option,
                          "label",
                          Wording.account(option),
                          "checked",
                          entered == null
                              ? item.options().size() == 1
                              : entered.contains(item.chooseField() + "=" + option)))
              .toList());
    }
    return model;
  }

  private List<Map<String, Object>> lifetimes(Wording wording, Set<String> entered) {
    Map<String, Long> lifetimes = GrantLifetimes.of(authentication.getRealm());
    String first = lifetimes.keySet().iterator().next();
    String chosen =
        entered == null
            ? first
            : lifetimes.keySet().stream()
                .filter(lifetime -> entered.contains(ConsentForm.LIFETIME + "=" + lifetime))
                .findFirst()
                .orElse(first);
    return lifetimes.entrySet().stream()
        .map(
            lifetime ->
                Map.<String, Object>of(
                    "value", lifetime.getKey(),
                    "length", wording.length(lifetime.getKey()),
                    "until", wording.day(lifetime.getValue()),
                    "checked", lifetime.getKey().equals(chosen)))
        .toList();
  }
}
