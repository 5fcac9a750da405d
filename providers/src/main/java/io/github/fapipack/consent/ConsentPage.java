package io.github.fapipack.consent;

import io.github.fapipack.approval.ConsentRequest;
import io.github.fapipack.grantmanagement.Grant;
import io.github.fapipack.rar.AuthorizationDetailsTypes;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The page that shows what is to be approved (FAPI2-SP 5.3.2.2-13, RFC 9396 3.1-2). */
final class ConsentPage {

  private static final String TEMPLATE = "fapi-consent.ftl";

  private static final int MAX_NAME = 60;
  private static final int MAX_PURPOSE = 1000;
  private static final int SECONDS = 10;

  private final RequiredActionContext context;
  private final KeycloakSession session;
  private final AuthenticationSessionModel authentication;

  ConsentPage(RequiredActionContext context) {
    this.context = context;
    this.session = context.getSession();
    this.authentication = context.getAuthenticationSession();
  }

  /**
   * Renders the page.
   *
   * @param held the grant to change, or null
   * @param entered the user's previous choices if something else was missing; nothing else is
   *     preselected
   * @param problems the message key for each field that is missing or wrong, or for the page
   */
  Response show(Question question, Grant held, Set<String> entered, Map<String, String> problems)
      throws IOException {
    ConsentRequest request = question.request();
    List<Item> items = question.items();
    PageFrame frame = PageFrame.of(session, context.getUser());
    Wording wording = frame.wording();
    Requester requester = new Requester(session, authentication.getClient());
    DetailView details =
        new DetailView(
            AuthorizationDetailsTypes.of(authentication.getRealm()), wording, context.getUser());
    ApprovalCheck check = ApprovalCheck.of(session, context.getUser());
    Map<String, Long> lifetimes = check.lifetimes(request);
    boolean once = check.happensOnce(request);

    Map<String, Object> consent = new HashMap<>();
    consent.put("client", requester.model(authentication.getRedirectUri()));
    ConsentRequest.purpose(authentication)
        .ifPresent(purpose -> consent.put("purpose", SafeText.of(purpose, MAX_PURPOSE)));
    consent.put("user", SafeText.of(context.getUser().getUsername(), 80));
    consent.put(
        "items",
        items.stream()
            .map(
                item -> {
                  Map<String, Object> model = model(item, details, entered);
                  ends(item, details, lifetimes, once)
                      .ifPresent(end -> model.put("until", wording.day(end)));
                  return model;
                })
            .toList());
    consent.put("scopes", new ScopeConsent(session, authentication).texts(wording));
    consent.put(
        "lifetimes",
        lifetimes(lifetimes, GrantLifetimes.of(authentication.getRealm()), wording, entered));
    consent.put("once", once);
    consent.put(
        "possible",
        items.stream().allMatch(ConsentPage::canBeApproved)
            && question.accounts().map(AccountChoice::isPossible).orElse(true));
    if (question.bank() != null) {
      consent.put("bank", bank(question, wording, entered));
    }
    if (items.size() == 1) {
      details.button(items.get(0).foreseen()).ifPresent(words -> consent.put("button", words));
    }
    if (request.action() != null) {
      consent.put("action", request.action().value());
    }
    if (held != null) {
      consent.put("held", held.authorizationDetails().stream().map(details::of).toList());
      consent.put(
          "heldScopes", ScopeConsent.texts(authentication.getRealm(), held.scopes(), wording));
    }
    Map<String, String> said = new HashMap<>();
    problems.forEach((place, key) -> said.put(place, wording.text(key)));
    consent.put("problems", said);
    order(items).filter(said::containsKey).findFirst().ifPresent(at -> consent.put("first", at));
    LoginFormsProvider form = context.form().setAttribute("consent", consent);
    return frame.render(form, TEMPLATE, requester.logo().orElse(null));
  }

  private static Map<String, Object> bank(Question question, Wording wording, Set<String> entered) {
    BankView view = new BankView(wording);
    Map<String, Object> model = view.of(question.bank());
    model.put("accounts", question.accounts().orElseThrow().model(view, entered));
    return model;
  }

  /** The fields in the order of the page. */
  private static Stream<String> order(List<Item> items) {
    return Stream.of(
            Stream.of(AccountChoice.FIELD),
            items.stream().flatMap(item -> Stream.of(item.chooseField(), item.approveField())),
            Stream.of(ConsentForm.LIFETIME))
        .flatMap(fields -> fields);
  }

  /** The day on which an object expires, if the lifetime alone would suggest a later one. */
  private static Optional<Long> ends(
      Item item, DetailView details, Map<String, Long> lifetimes, boolean once) {
    long last = lifetimes.values().stream().max(Long::compare).orElseThrow();
    return once ? Optional.empty() : details.end(item.detail()).filter(end -> end < last);
  }

  /** An object without values to pick from can only be refused. */
  private static boolean canBeApproved(Item item) {
    return item.optional() || !item.chooses() || !item.options().isEmpty();
  }

  private Map<String, Object> model(Item item, DetailView details, Set<String> entered) {
    Map<String, Object> model = new HashMap<>(details.of(item.detail()));
    model.put("index", item.index());
    model.put("optional", item.optional());
    model.put("field", item.approveField());
    model.put("checked", entered.contains(item.approveField()));
    if (item.chooses()) {
      Map<String, String> names = item.names(context.getUser());
      model.put("choiceField", item.chooseField());
      model.put("many", item.choosesMany());
      model.put(
          "options",
          item.options().stream().map(one -> option(item, one, names, entered)).toList());
    }
    return model;
  }

  private static Map<String, Object> option(
      Item item, String value, Map<String, String> names, Set<String> entered) {
    Map<String, Object> option = new HashMap<>();
    option.put("value", value);
    option.put("label", Wording.account(value));
    option.put("checked", entered.contains(item.chooseField() + "=" + value));
    if (names.containsKey(value)) {
      option.put("name", SafeText.of(names.get(value), MAX_NAME));
    }
    return option;
  }

  /**
   * Whether a lifetime is not shortened by the end of the objects; the time that passes meanwhile
   * is ignored.
   */
  private static boolean isWhole(Map.Entry<String, Long> lifetime, Map<String, Long> offered) {
    return offered.containsKey(lifetime.getKey())
        && offered.get(lifetime.getKey()) - lifetime.getValue() < SECONDS;
  }

  private static List<Map<String, Object>> lifetimes(
      Map<String, Long> lifetimes,
      Map<String, Long> offered,
      Wording wording,
      Set<String> entered) {
    return lifetimes.entrySet().stream()
        .map(
            lifetime ->
                Map.<String, Object>of(
                    "value", lifetime.getKey(),
                    "until", wording.day(lifetime.getValue()),
                    "length", isWhole(lifetime, offered) ? wording.length(lifetime.getKey()) : "",
                    "checked", entered.contains(ConsentForm.LIFETIME + "=" + lifetime.getKey())))
        .toList();
  }
}
