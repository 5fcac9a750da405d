package io.github.fapipack.rule;

import java.util.Set;

/**
 * Why Keycloak itself refused a request to which no rule objected: a small set of values, so that
 * senders cannot create metric names.
 */
public final class RefusalReason {

  /** The client could not be authenticated. */
  public static final String CLIENT_AUTHENTICATION = "client-authentication";

  /** For every code that is not listed below. */
  public static final String OTHER = "other";

  /** Prefix of an HTTP status, if there is no code. */
  private static final String STATUS = "http-";

  /** Codes of the OAuth registry, of OpenID Connect, and of Keycloak's events. */
  private static final Set<String> CODES =
      Set.of(
          "access_denied",
          "client_disabled",
          "client_not_found",
          "expired_code",
          "expired_login_hint_token",
          "expired_token",
          "insufficient_scope",
          "invalid_authorization_details",
          "invalid_binding_message",
          "invalid_client",
          "invalid_client_metadata",
          "invalid_code",
          "invalid_dpop_proof",
          "invalid_grant",
          "invalid_redirect_uri",
          "invalid_request",
          "invalid_request_object",
          "invalid_request_uri",
          "invalid_scope",
          "invalid_signature",
          "invalid_software_statement",
          "invalid_target",
          "invalid_token",
          "invalid_user_code",
          "missing_user_code",
          "not_allowed",
          "realm_disabled",
          "registration_not_supported",
          "request_not_supported",
          "request_uri_not_supported",
          "ssl_required",
          "unapproved_software_statement",
          "unauthorized_client",
          "unknown_user_id",
          "unmet_authentication_requirements",
          "unsupported_grant_type",
          "unsupported_response_type",
          "unsupported_token_type");

  /** Not the client's fault: it retries, the user has decided, or nobody could be asked. */
  private static final Set<String> HARMLESS =
      Set.of(
          "access_denied",
          "account_selection_required",
          "authorization_pending",
          "consent_required",
          "expired_token",
          "interaction_required",
          "login_required",
          "slow_down",
          "temporarily_unavailable",
          "use_dpop_nonce");

  private RefusalReason() {}

  /**
   * Whether an error response with this code, or without a code (null), is an ordinary step of the
   * protocol rather than a refusal.
   */
  public static boolean isHarmless(String code) {
    return code != null && HARMLESS.contains(code);
  }

  /** The code, if it is a registered one, or otherwise {@link #OTHER}. */
  public static String ofCode(String code) {
    return code != null && CODES.contains(code) ? code : OTHER;
  }

  /** The reason for an error response without a code. */
  public static String ofStatus(int status) {
    return STATUS + status;
  }
}
