package io.github.fapipack.resourceserver.rest;

import io.github.fapipack.resourceserver.routes.Caller;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** Who calls, as Jakarta REST wants to know it; roles are scopes. */
record CallerContext(Caller caller, boolean isSecure, String getAuthenticationScheme)
    implements SecurityContext {

  @Override
  public Principal getUserPrincipal() {
    return caller;
  }

  @Override
  public boolean isUserInRole(String role) {
    return caller.granted().scopes().contains(role);
  }
}
