package io.github.fapipack.rest;

import io.github.fapipack.language.Language;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ErrorRepresentation;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Translates errors of the pack's part of the admin API into the language that the request asks
 * for.
 */
@Provider
public class TranslatedErrors implements ContainerResponseFilter {

  private static final Pattern PATH = Pattern.compile("/?admin/realms/[^/]+/fapi(/.*)?");

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    if (session == null
        || !(response.getEntity() instanceof ErrorRepresentation error)
        || error.getErrorMessage() == null
        || !PATH.matcher(request.getUriInfo().getPath()).matches()) {
      return;
    }
    Language language = Language.of(session.getContext().getRequestHeaders());
    language
        .of(error.getErrorMessage())
        .ifPresent(
            sentence -> {
              error.setErrorMessage(sentence);
              response.getHeaders().putSingle(HttpHeaders.CONTENT_LANGUAGE, language.tag());
            });
  }
}
