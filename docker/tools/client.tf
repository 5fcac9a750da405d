# A client as it reads back: nothing here is corrected, so that no plan shows a difference.
resource "keycloak_openid_client" "app" {
  realm_id                  = "fapi2-security-profile"
  client_id                 = "app"
  access_type               = "CONFIDENTIAL"
  client_authenticator_type = "client-jwt"

  standard_flow_enabled        = true
  implicit_flow_enabled        = false
  direct_access_grants_enabled = false
  valid_redirect_uris          = ["https://app.example/callback"]

  # The provider's own defaults are the opposite.
  consent_required          = true
  display_on_consent_screen = true
  consent_screen_text       = "$${fapiIdentityConsentText}"
  full_scope_allowed        = false

  pkce_code_challenge_method = "S256"
  require_dpop_bound_tokens  = true

  extra_config = {
    "use.jwks.url" = "true"
    "jwks.url"     = "https://app.example/jwks"
  }
}
