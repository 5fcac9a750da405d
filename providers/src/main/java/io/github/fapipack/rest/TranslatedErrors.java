package io.github.fapipack.rest;

import io.github.fapipack.language.Language;
import io.github.fapipack.rule.Endpoint;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ErrorRepresentation;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Translates errors of the pack's part of the admin API into the language that the request asks
 * for.
 */
@Provider
public class TranslatedErrors implements ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    if (session == null
        || !(response.getEntity() instanceof ErrorRepresentation error)
        || error.getErrorMessage() == null
        || Endpoint.of(request) != Endpoint.ADMIN_OF_PACK) {
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
