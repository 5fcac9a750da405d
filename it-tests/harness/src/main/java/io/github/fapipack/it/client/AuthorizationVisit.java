package io.github.fapipack.it.client;

import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.check.IdTokenCheck;
import io.github.fapipack.it.http.NamedValues;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A user's visit to the authorization endpoint; the user consents unless told otherwise. */
public final class AuthorizationVisit {
  private final FapiClient client;
  private final Pushed pushed;
  private final NamedValues query;
  private URI endpoint;
  private LoginPage browser;
  private String user;
  private String password;
  private boolean consents;
  private Consumer<NamedValues> choice;
  private Supplier<String> codes;
  private BiFunction<URI, String, NamedValues> key;

  AuthorizationVisit(FapiClient client, Pushed pushed, NamedValues query) {
    this.client = client;
    this.pushed = pushed;
    this.query = query;
    this.endpoint = client.discovery().endpoint("authorization_endpoint", false);
    this.browser = client.browser();
    this.consents = true;
  }

  /** Logs in when the server asks. */
  public AuthorizationVisit as(String user, String password) {
    this.user = user;
    this.password = password;
    return this;
  }

  /** Enters the code of an authenticator app when the server asks. */
  public AuthorizationVisit withCodes(Supplier<String> codes) {
    this.codes = codes;
    return this;
  }

  /** Uses a security key when the server asks. */
  public AuthorizationVisit withKey(BiFunction<URI, String, NamedValues> key) {
    this.key = key;
    return this;
  }

  /** Refuses consent. */
  public AuthorizationVisit refusingConsent() {
    consents = false;
    return this;
  }

  /** Changes the preselected values of the consent page before it is submitted. */
  public AuthorizationVisit choosing(Consumer<NamedValues> choice) {
    this.choice = choice;
    return this;
  }

  /** Uses a browser that may have a session already. */
  public AuthorizationVisit in(LoginPage browser) {
    this.browser = browser;
    return this;
  }

  /** Sets a query parameter, and removes others with that name. */
  public AuthorizationVisit with(String name, String value) {
    query.set(name, value);
    return this;
  }

  /** Adds a query parameter, even if there is one with that name. */
  public AuthorizationVisit adding(String name, String value) {
    query.add(name, value);
    return this;
  }

  /** Leaves a query parameter out. */
  public AuthorizationVisit without(String name) {
    return with(name, null);
  }

  /** Visits another address. */
  public AuthorizationVisit at(URI other) {
    endpoint = other;
    return this;
  }

  /** The address that the browser is sent to. */
  public URI address() {
    return URI.create(endpoint + "?" + query.encode());
  }

  /** Opens the address and fills in the forms, without checking the result. */
  public FrontChannelAnswer open() {
    if (user == null) {
      return browser.open(address());
    }
    FrontChannelAnswer answer = browser.openUntilConsent(address(), user, password);
    if (codes != null && LoginPage.asksForOneTimeCode(answer)) {
      answer = browser.enterOneTimeCode(answer, codes.get());
    }
    // Once for each level that needs it.
    for (int level = 0; key != null && level < 2; level++) {
      if (LoginPage.asksForSecurityKey(answer)) {
        answer = browser.touchSecurityKey(answer, key);
      }
    }
    if (!LoginPage.asksForConsent(answer)) {
      return answer;
    }
    return choice == null ? browser.decide(answer, consents) : browser.consent(answer, choice);
  }

  /** Fails unless the client receives this error, with the right state and issuer. */
  public FrontChannelAnswer expectError(String code) {
    FrontChannelAnswer answer = verified(open()).expectError(code);
    check(answer);
    return answer;
  }

  /** Fails unless the server shows an error page and does not redirect the browser. */
  public FrontChannelAnswer expectErrorPage() {
    return open().expectErrorPage();
  }

  /** Fails unless the client receives a code, with the right state and issuer. */
  public Authorized expectCode() {
    return expectCode(open());
  }

  /** The same for a response that a browser has received. */
  public Authorized expectCode(FrontChannelAnswer unverified) {
    FrontChannelAnswer answer = verified(unverified);
    AuthorizationResponse response = check(answer);
    if (!response.indicatesSuccess()
        || response.toSuccessResponse().getAuthorizationCode() == null) {
      throw new AssertionError("expected a code but got:\n" + answer);
    }
    String code = response.toSuccessResponse().getAuthorizationCode().getValue();
    if (client.but().expectsDetachedSignatures()) {
      verifyDetachedSignature(answer, code);
    }
    return new Authorized(
        code, pushed.redirectUri(), pushed.codeVerifier(), pushed.nonce(), answer);
  }

  /** Verifies the ID token that signs the response, and its hashes. */
  private void verifyDetachedSignature(FrontChannelAnswer answer, String code) {
    String idToken = answer.parameter("id_token");
    if (idToken == null || answer.parameter("access_token") != null) {
      throw new AssertionError("expected an ID token and no access token but got:\n" + answer);
    }
    IdTokenCheck.verifyDetached(
        client.verifiedIdToken(idToken, pushed.nonce()),
        IdTokenCheck.signed(idToken, client.but().decryptionKey),
        code,
        pushed.state());
  }

  /** The response with the parameters of its response JWT, for a client that asked for one. */
  private FrontChannelAnswer verified(FrontChannelAnswer answer) {
    if (!client.but().expectsSignedResponses() || !answer.redirected()) {
      return answer;
    }
    // JARM 2.1-3 and FAPI2-MS 5.4.1: everything is in the JWT, and there is no other parameter.
    if (answer.parameters().entries().size() != 1 || answer.parameter("response") == null) {
      throw new AssertionError("expected 'response' and nothing else but got:\n" + answer);
    }
    return new FrontChannelAnswer(
        answer.hops(), answer.target(), client.verifiedResponse(answer.parameter("response")));
  }

  private AuthorizationResponse check(FrontChannelAnswer answer) {
    if (!answer.redirected()) {
      throw new AssertionError("the browser was not sent back to the client:\n" + answer);
    }
    requireTarget(answer);
    requireEqual("state", pushed.state(), answer.parameter("state"), answer);
    // FAPI2-SP 5.3.3.2-5 and RFC 9207 section 2.4: compared as plain strings; a missing issuer is
    // refused.
    if (answer.parameters().all("iss").size() != 1) {
      throw new AssertionError("expected the parameter iss once but got:\n" + answer);
    }
    requireEqual("issuer", client.issuer(), answer.parameter("iss"), answer);
    return parse(answer);
  }

  private AuthorizationResponse parse(FrontChannelAnswer answer) {
    Map<String, List<String>> parameters =
        answer.parameters().entries().stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    try {
      return AuthorizationResponse.parse(URI.create(pushed.redirectUri()), parameters);
    } catch (ParseException e) {
      throw new AssertionError("invalid answer: " + e.getMessage() + "\n" + answer, e);
    }
  }

  // A registered redirect URI may have a query, to which the server only appends.
  private void requireTarget(FrontChannelAnswer answer) {
    String expected = pushed.redirectUri();
    String target = answer.target().toString();
    boolean hit =
        target.equals(expected)
            || (target.startsWith(expected)
                && "?&#".indexOf(target.charAt(expected.length())) >= 0);
    if (!hit) {
      throw new AssertionError("expected a redirect to " + expected + " but got:\n" + answer);
    }
  }

  private static void requireEqual(
      String what, String expected, String actual, FrontChannelAnswer answer) {
    if (expected != null && !expected.equals(actual)) {
      throw new AssertionError(
          "expected the %s %s but got %s in:%n%s".formatted(what, expected, actual, answer));
    }
  }
}
