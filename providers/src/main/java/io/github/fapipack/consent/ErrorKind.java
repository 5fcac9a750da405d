package io.github.fapipack.consent;

import io.github.fapipack.authorization.RequirePushedAuthorizationRequest;
import io.github.fapipack.authorization.RequireSecureRedirectUri;
import io.github.fapipack.fapi1.RequireRedirectUri;
import io.github.fapipack.fapi1.RestrictFrontChannel;
import io.github.fapipack.requestobject.RejectReplayedRequestObject;
import io.github.fapipack.rule.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.messages.Messages;

/** What an error means to the user, which is less than what went wrong. */
enum ErrorKind {
  /** A link of an app that has been followed already, or that is too old. */
  SPENT,
  /** A page that was open for too long, or that has been answered. */
  EXPIRED,
  /** The browser does not say to which login it belongs. */
  COOKIE,
  /** An app that is not known, or must not be used. */
  APP,
  /** Nobody can tell where the answer would go. */
  REDIRECT,
  /** The app asks in a way that is refused. */
  REQUEST,
  /** The user's account is switched off. */
  ACCOUNT,
  /** The user's account is locked for some time. */
  LOCKED,
  /** Another user is logged in. */
  USER,
  /** A link of an e-mail. */
  LINK,
  /** A logout that did not work. */
  LOGOUT,
  /** What Keycloak has a sentence of its own for. */
  OTHER,
  /** A fault of the server. */
  SERVER;

  /** The rule that ends each refusal. */
  private static final Pattern RULE = Pattern.compile("\\((fapi[0-9a-z-]+), [^()]*\\)$");

  private static final Set<String> REDIRECT_RULES =
      Set.of(Rule.id(RequireSecureRedirectUri.class), Rule.id(RequireRedirectUri.class));

  private static final Set<String> SPENT_RULES = Set.of(Rule.id(RejectReplayedRequestObject.class));

  /** These say of a request_uri that it is not known. */
  private static final Set<String> PUSHED_RULES =
      Set.of(Rule.id(RequirePushedAuthorizationRequest.class), Rule.id(RestrictFrontChannel.class));

  private static final Map<String, ErrorKind> BY_KEY =
      Map.ofEntries(
          Map.entry(Messages.EXPIRED_CODE, EXPIRED),
          Map.entry(Messages.INVALID_CODE, EXPIRED),
          Map.entry(Messages.EXPIRED_ACTION, EXPIRED),
          Map.entry(Messages.LOGIN_TIMEOUT, EXPIRED),
          Map.entry(Messages.SESSION_NOT_ACTIVE, EXPIRED),
          Map.entry(Messages.STALE_CODE, EXPIRED),
          Map.entry(Messages.COOKIE_NOT_FOUND, COOKIE),
          Map.entry(Messages.CLIENT_NOT_FOUND, APP),
          Map.entry(Messages.CLIENT_DISABLED, APP),
          Map.entry(Messages.BEARER_ONLY, APP),
          Map.entry(Messages.UNKNOWN_LOGIN_REQUESTER, APP),
          Map.entry(Messages.LOGIN_REQUESTER_NOT_ENABLED, APP),
          Map.entry(Messages.STANDARD_FLOW_DISABLED, APP),
          Map.entry(Messages.IMPLICIT_FLOW_DISABLED, APP),
          Map.entry(Messages.INVALID_REDIRECT_URI, REDIRECT),
          Map.entry(Messages.INVALID_REQUEST, REQUEST),
          Map.entry(Messages.INVALID_REQUESTER, REQUEST),
          Map.entry(Messages.INVALID_PARAMETER, REQUEST),
          Map.entry(Messages.MISSING_PARAMETER, REQUEST),
          Map.entry(Messages.ACCOUNT_DISABLED, ACCOUNT),
          Map.entry(Messages.ACCOUNT_PERMANENTLY_DISABLED, ACCOUNT),
          Map.entry(Messages.INVALID_USER, ACCOUNT),
          Map.entry(Messages.ACCOUNT_TEMPORARILY_DISABLED, LOCKED),
          Map.entry(Messages.DIFFERENT_USER_AUTHENTICATED, USER),
          Map.entry(Messages.EXPIRED_ACTION_TOKEN_NO_SESSION, LINK),
          Map.entry(Messages.EXPIRED_ACTION_TOKEN_SESSION_EXISTS, LINK),
          Map.entry(Messages.FAILED_LOGOUT, LOGOUT),
          Map.entry(Messages.INTERNAL_SERVER_ERROR, SERVER),
          Map.entry(Messages.UNEXPECTED_ERROR_HANDLING_REQUEST, SERVER),
          Map.entry(Messages.UNEXPECTED_ERROR_HANDLING_RESPONSE, SERVER));

  /**
   * What is known of the request.
   *
   * @param pushed whether it refers to one that was pushed
   * @param stranger whether its client_id is none that may be used
   */
  record Sent(boolean pushed, boolean stranger) {}

  /**
   * Finds out what an error means.
   *
   * @param message a key of Keycloak's messages, or a sentence
   * @param known whether it is a key
   * @param parameters what is put into the message
   */
  static ErrorKind of(String message, boolean known, List<?> parameters, Sent sent) {
    if (sent.stranger()) {
      return APP;
    }
    if (!known) {
      return ofRefusal(message, sent);
    }
    if (message.equals(Messages.INVALID_REQUEST) && sent.pushed()) {
      return SPENT;
    }
    if (message.equals(Messages.INVALID_PARAMETER)
        && parameters.contains(OIDCLoginProtocol.REDIRECT_URI_PARAM)) {
      return REDIRECT;
    }
    return BY_KEY.getOrDefault(message, OTHER);
  }

  /** Sentences are said of requests only. */
  private static ErrorKind ofRefusal(String sentence, Sent sent) {
    Matcher rule = RULE.matcher(sentence);
    String id = rule.find() ? rule.group(1) : "";
    if (REDIRECT_RULES.contains(id)) {
      return REDIRECT;
    }
    return SPENT_RULES.contains(id) || (PUSHED_RULES.contains(id) && sent.pushed())
        ? SPENT
        : REQUEST;
  }

  /** The key of what the page says. */
  String key() {
    return "fapi.error." + name().toLowerCase(Locale.ROOT);
  }
}
