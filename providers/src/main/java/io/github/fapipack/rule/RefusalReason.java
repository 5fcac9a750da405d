package io.github.fapipack.rule;

import java.util.Set;

/**
 * Why Keycloak itself refuses a request, where no rule of ours had a say: few words, so that nobody
 * makes up names for metrics.
 */
public final class RefusalReason {

  /** Who the client is was not proven. */
  public static final String CLIENT_AUTHENTICATION = "client-authentication";

  /** For everything that has no code below. */
  public static final String OTHER = "other";

  /** Before the number of an HTTP status, where there is no code. */
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

  /** No fault of the client: it asks again, or the user has decided, or there was nobody to ask. */
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
   * Whether an answer with this code, or without one for null, is a step of the protocol, and no
   * refusal.
   */
  public static boolean isHarmless(String code) {
    return code != null && HARMLESS.contains(code);
  }

  /** The code, if it is one that anybody has registered, or else what stands for all others. */
  public static String ofCode(String code) {
    return code != null && CODES.contains(code) ? code : OTHER;
  }

  /** What stands for an answer without a code. */
  public static String ofStatus(int status) {
    return STATUS + status;
  }
}
