package io.github.fapipack.samples.springboot;

import io.github.fapipack.resourceserver.Granted;
import io.github.fapipack.resourceserver.servlet.FapiFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells Spring Security who calls; scopes are authorities, as its own resource server has them. */
final class CallerAuthentication extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Granted call = FapiFilter.granted(request);
    List<SimpleGrantedAuthority> authorities =
        call.scopes().stream().map(scope -> new SimpleGrantedAuthority("SCOPE_" + scope)).toList();
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        new PreAuthenticatedAuthenticationToken(request.getUserPrincipal(), call, authorities));
    SecurityContextHolder.setContext(context);
    chain.doFilter(request, response);
  }
}
