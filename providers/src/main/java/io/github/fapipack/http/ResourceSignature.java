package io.github.fapipack.http;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.httpsig.HttpSignatureException;
import io.github.fapipack.httpsig.RequestMessage;
import io.github.fapipack.httpsig.ResponseMessage;
import io.github.fapipack.resource.ResourceMessage;
import io.github.fapipack.resource.SignResourceResponse;
import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.Printable;
import io.github.fapipack.rule.RealmRules;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.util.JsonSerialization;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Signs responses of protected resources, over exactly the bytes that are sent (FAPI2-HS 5.3.2.1).
 * If a response cannot be signed, it is sent unsigned, and a client that requires a signature
 * refuses it.
 */
@Provider
@Priority(FilterOrder.SIGNATURE)
public class ResourceSignature implements ContainerResponseFilter {

  private static final Logger LOGGER = Logger.getLogger(ResourceSignature.class);

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    if (session == null || session.isClosed() || !isDue(session, request)) {
      return;
    }
    try {
      sign(session, response);
    } catch (HttpSignatureException | IOException | RuntimeException e) {
      LOGGER.warnf(
          e,
          "An answer of %s could not be signed",
          Printable.of(request.getUriInfo().getPath(), 255));
    }
  }

  /**
   * The rule has seen the token of an ordinary request; userinfo also signs responses to requests
   * without one.
   */
  private static boolean isDue(KeycloakSession session, ContainerRequestContext request) {
    return SignResourceResponse.isDue(session)
        || (Endpoint.of(request) == Endpoint.USERINFO
            && !HttpMethod.OPTIONS.equals(request.getMethod())
            && RealmRules.of(session).enforce(SignResourceResponse.class));
  }

  private static void sign(KeycloakSession session, ContainerResponseContext response)
      throws HttpSignatureException, IOException {
    byte[] content = content(response);
    List<HttpField> fields = new ArrayList<>();
    if (content.length > 0) {
      String type = contentType(response);
      response.setEntity(content);
      response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, type);
      fields.add(new HttpField(HttpHeaders.CONTENT_TYPE, type));
    }
    RequestMessage asked = ResourceMessage.of(session);
    ResponseMessage answer = new ResponseMessage(response.getStatus(), fields, asked);
    List<HttpField> signed = SignResourceResponse.sign(session, answer, content).fields();
    for (HttpField added : signed.subList(fields.size(), signed.size())) {
      response.getHeaders().add(added.name(), added.value());
    }
  }

  private static String contentType(ContainerResponseContext response) {
    return (response.getMediaType() == null
            ? MediaType.APPLICATION_JSON_TYPE
            : response.getMediaType())
        .toString();
  }

  /** The bytes that Keycloak will send. */
  private static byte[] content(ContainerResponseContext response) throws IOException {
    Object entity = response.getEntity();
    if (entity == null) {
      return new byte[0];
    }
    if (entity instanceof byte[] bytes) {
      return bytes;
    }
    if (entity instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    if (entity instanceof InputStream stream) {
      return stream.readAllBytes();
    }
    if (entity instanceof StreamingOutput output) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      output.write(bytes);
      return bytes.toByteArray();
    }
    return JsonSerialization.writeValueAsBytes(entity);
  }
}
