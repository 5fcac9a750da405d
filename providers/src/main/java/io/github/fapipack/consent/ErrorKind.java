package io.github.fapipack.consent;

import io.github.fapipack.authorization.RequirePushedAuthorizationRequest;
import io.github.fapipack.authorization.RequireSecureRedirectUri;
import io.github.fapipack.fapi1.RequireRedirectUri;
import io.github.fapipack.fapi1.RestrictFrontChannel;
import io.github.fapipack.requestobject.RejectReplayedRequestObject;
import io.github.fapipack.rule.JsonName;
import io.github.fapipack.rule.Rule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.messages.Messages;

/** The meaning of an error for the user, less detailed than its cause. */
enum ErrorKind {
  /** An app's link that was used already or has expired. */
  SPENT,
  /** A page that was open for too long or was answered already. */
  EXPIRED,
  /** The cookie of the login is missing. */
  COOKIE,
  /** An app that is unknown or disabled. */
  APP,
  /** The address for the response is not valid. */
  REDIRECT,
  /** The app's request is refused. */
  REQUEST,
  /** The user's account is disabled. */
  ACCOUNT,
  /** The user's account is locked temporarily. */
  LOCKED,
  /** Another user is logged in. */
  USER,
  /** A link in an e-mail is not valid. */
  LINK,
  /** A failed logout. */
  LOGOUT,
  /** An error for which Keycloak has its own sentence. */
  OTHER,
  /** A server error. */
  SERVER;

  /** The rule id at the end of each refusal. */
  private static final Pattern RULE = Pattern.compile("\\((fapi[0-9a-z-]+), [^()]*\\)$");

  private static final Set<String> REDIRECT_RULES =
      Set.of(Rule.id(RequireSecureRedirectUri.class), Rule.id(RequireRedirectUri.class));

  private static final Set<String> SPENT_RULES = Set.of(Rule.id(RejectReplayedRequestObject.class));

  /** The rules that refuse an unknown request_uri. */
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
   * @param pushed whether it refers to a pushed request
   * @param stranger whether its client_id is not that of an enabled client
   */
  record Sent(boolean pushed, boolean stranger) {}

  /**
   * Determines the kind of an error.
   *
   * @param message a key of Keycloak's messages, or a sentence
   * @param known whether it is a key
   * @param parameters of the message
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

  /** Only errors about requests have sentences. */
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

  /** The key of the page's text. */
  String key() {
    return "fapi.error." + JsonName.of(this);
  }
}
