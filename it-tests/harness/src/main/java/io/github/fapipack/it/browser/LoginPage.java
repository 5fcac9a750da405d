package io.github.fapipack.it.browser;

import io.github.fapipack.it.http.CookieJar;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.NamedValues;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A browser with its own cookies that handles Keycloak's login and consent pages.
 *
 * <p>It stays on the server's origin: the first redirect elsewhere, or a page that posts to the
 * client, ends the navigation.
 */
public final class LoginPage {
  private static final int MAX_HOPS = 20;

  /** In the script of the page. */
  private static final Pattern CHALLENGE = Pattern.compile("challenge\\s*:\\s*\"([\\w-]+)\"");

  private final HttpTransport transport;
  private final String redirectUri;
  private final CookieJar cookies = new CookieJar();

  /**
   * A browser without cookies.
   *
   * @param redirectUri where the navigation ends
   */
  public LoginPage(HttpTransport transport, String redirectUri) {
    this.transport = transport;
    this.redirectUri = redirectUri;
  }

  /** Opens an address and follows redirects up to a page or to the client. */
  public FrontChannelAnswer open(URI address) {
    return follow(new ArrayList<>(), "GET", address, new NamedValues());
  }

  /**
   * Opens an address, and fills in login and consent where the server asks for them, each once.
   *
   * @param consents whether the user agrees
   */
  public FrontChannelAnswer open(URI address, String user, String password, boolean consents) {
    FrontChannelAnswer answer = openUntilConsent(address, user, password);
    return asksForConsent(answer) ? decide(answer, consents) : answer;
  }

  /** Opens an address, and fills in the login where the server asks for it. */
  public FrontChannelAnswer openUntilConsent(URI address, String user, String password) {
    FrontChannelAnswer answer = open(address);
    return asksForPassword(answer) ? logIn(answer, user, password) : answer;
  }

  /** Whether the browser shows a login form. */
  public static boolean asksForPassword(FrontChannelAnswer answer) {
    return !answer.redirected() && form(answer.page(), "input[name=password]") != null;
  }

  /** Whether the browser shows a form for the code of an authenticator app. */
  public static boolean asksForOneTimeCode(FrontChannelAnswer answer) {
    return !answer.redirected() && form(answer.page(), "input[name=otp]") != null;
  }

  /** Submits the code of an authenticator app. */
  public FrontChannelAnswer enterOneTimeCode(FrontChannelAnswer shown, String code) {
    Element form = requiredForm(shown, "input[name=otp]");
    return submit(shown, form, hiddenFields(form).set("otp", code));
  }

  /** Whether the browser asks for a security key. */
  public static boolean asksForSecurityKey(FrontChannelAnswer answer) {
    return !answer.redirected() && form(answer.page(), "input[name=clientDataJSON]") != null;
  }

  /**
   * Submits what a security key makes of the challenge that the page has.
   *
   * @param key of the page's address and the challenge
   */
  public FrontChannelAnswer touchSecurityKey(
      FrontChannelAnswer shown, BiFunction<URI, String, NamedValues> key) {
    Element form = requiredForm(shown, "input[name=clientDataJSON]");
    Matcher challenge = CHALLENGE.matcher(shown.page().html());
    if (!challenge.find()) {
      throw new AssertionError("no challenge in:\n" + shown.page());
    }
    return submit(shown, form, key.apply(URI.create(form.absUrl("action")), challenge.group(1)));
  }

  /** Whether the browser shows a question for consent. */
  public static boolean asksForConsent(FrontChannelAnswer answer) {
    return !answer.redirected() && form(answer.page(), "[name=accept]") != null;
  }

  /** Submits the login form that the browser shows. */
  public FrontChannelAnswer logIn(FrontChannelAnswer shown, String user, String password) {
    Element form = requiredForm(shown, "input[name=password]");
    NamedValues fields = hiddenFields(form);
    return submit(shown, form, fields.set("username", user).set("password", password));
  }

  /** Answers the question for consent that the browser shows. */
  public FrontChannelAnswer decide(FrontChannelAnswer shown, boolean consents) {
    Element form = requiredForm(shown, consents ? "[name=accept]" : "[name=cancel]");
    Element button = form.selectFirst(consents ? "[name=accept]" : "[name=cancel]");
    if (button == null) {
      throw new AssertionError("the consent page has no way to refuse:\n" + shown.page());
    }
    return submit(shown, form, answered(form).set(button.attr("name"), button.attr("value")));
  }

  /**
   * Consents to what the page shows, after changing what it would send.
   *
   * @param choice the fields with each item ticked and the first lifetime, and otherwise as
   *     preselected
   */
  public FrontChannelAnswer consent(FrontChannelAnswer shown, Consumer<NamedValues> choice) {
    Element form = requiredForm(shown, "[name=accept]");
    NamedValues fields = ticked(form).set("accept", "yes");
    choice.accept(fields);
    return submit(shown, form, fields);
  }

  /** Sends any form to the address of the consent form. */
  public FrontChannelAnswer answer(FrontChannelAnswer shown, NamedValues fields) {
    return submit(shown, requiredForm(shown, "[name=cancel]"), fields);
  }

  /** Sends a form to any address. */
  public FrontChannelAnswer post(URI address, NamedValues fields) {
    return follow(new ArrayList<>(), "POST", address, fields);
  }

  private FrontChannelAnswer submit(FrontChannelAnswer shown, Element form, NamedValues fields) {
    return follow(new ArrayList<>(shown.hops()), "POST", URI.create(form.absUrl("action")), fields);
  }

  private FrontChannelAnswer follow(
      List<HttpExchange> hops, String firstMethod, URI start, NamedValues fields) {
    String method = firstMethod;
    URI address = start;
    for (int hop = 0; hop < MAX_HOPS; hop++) {
      HttpExchange answer = fetch(method, address, fields);
      hops.add(answer);
      if (answer.status() < 300 || answer.status() >= 400 || answer.header("Location") == null) {
        return atPage(hops);
      }
      URI next = address.resolve(answer.header("Location"));
      if (!sameOrigin(start, next)) {
        return new FrontChannelAnswer(List.copyOf(hops), next, responseParameters(next));
      }
      // 307 and 308 make a browser send the form again, including credentials.
      method = answer.status() == 307 || answer.status() == 308 ? method : "GET";
      address = next;
    }
    throw new AssertionError("more than " + MAX_HOPS + " redirects, starting from " + start);
  }

  private HttpExchange fetch(String method, URI address, NamedValues fields) {
    NamedValues headers = new NamedValues().set("Accept", "text/html");
    cookies.addTo(headers, address);
    String body = "";
    if (method.equals("POST")) {
      headers.set("Content-Type", "application/x-www-form-urlencoded");
      body = fields.encode();
    }
    HttpExchange answer = transport.send(method, address, headers, body);
    cookies.store(answer);
    return answer;
  }

  /** A page may be the form_post response mode's: a form that posts itself to the client. */
  private FrontChannelAnswer atPage(List<HttpExchange> hops) {
    FrontChannelAnswer page = new FrontChannelAnswer(List.copyOf(hops), null, new NamedValues());
    for (Element form : page.page().select("form[method=post]")) {
      if (redirectUri != null && form.attr("action").startsWith(redirectUri)) {
        return new FrontChannelAnswer(
            page.hops(), URI.create(form.attr("action")), hiddenFields(form));
      }
    }
    return page;
  }

  private static NamedValues responseParameters(URI target) {
    boolean fragment = target.getRawQuery() == null && target.getRawFragment() != null;
    return NamedValues.parse(fragment ? target.getRawFragment() : target.getRawQuery());
  }

  private static NamedValues hiddenFields(Element form) {
    NamedValues fields = new NamedValues();
    form.select("input[type=hidden]")
        .forEach(input -> fields.add(input.attr("name"), input.attr("value")));
    return fields;
  }

  /** What a browser sends of a form besides its buttons: hidden fields and what is checked. */
  private static NamedValues sentFields(Element form) {
    NamedValues fields = hiddenFields(form);
    form.select("input[type=checkbox][checked]:not([disabled]), input[type=radio][checked]")
        .forEach(input -> fields.add(input.attr("name"), input.attr("value")));
    return fields;
  }

  /** The form as it is shown, with each item approved for the first offered lifetime. */
  private static NamedValues ticked(Element form) {
    NamedValues fields = sentFields(form);
    form.select("input[name^=item-]:not([disabled]):not([checked])")
        .forEach(box -> fields.add(box.attr("name"), box.attr("value")));
    Element lifetime = form.selectFirst("input[name=lifetime]");
    if (lifetime != null && fields.get("lifetime").isEmpty()) {
      fields.add("lifetime", lifetime.attr("value"));
    }
    return fields;
  }

  /** The form as it is shown, with the first option selected wherever there is a choice. */
  private static NamedValues answered(Element form) {
    NamedValues fields = ticked(form);
    form.select("fieldset input")
        .forEach(
            box -> {
              if (fields.get(box.attr("name")).isEmpty()) {
                fields.add(box.attr("name"), box.attr("value"));
              }
            });
    return fields;
  }

  private static Element requiredForm(FrontChannelAnswer shown, String field) {
    Element form = shown.redirected() ? null : form(shown.page(), field);
    if (form == null) {
      throw new AssertionError("no form with " + field + ", but:\n" + shown);
    }
    return form;
  }

  private static Element form(Document page, String field) {
    Element element = page.selectFirst("form[action] " + field);
    return element == null ? null : element.closest("form");
  }

  private static boolean sameOrigin(URI one, URI other) {
    return one.getScheme().equals(other.getScheme())
        && one.getAuthority().equals(other.getAuthority());
  }
}
