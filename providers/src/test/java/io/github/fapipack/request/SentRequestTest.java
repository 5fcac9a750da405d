package io.github.fapipack.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.request.SentRequest.Step;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;
import org.keycloak.sessions.AuthenticationSessionModel;

class SentRequestTest {
  private static final String REDIRECT_URI = "https://client.example/callback";

  private final AuthorizationEndpointRequest parsed = new AuthorizationEndpointRequest();
  private final MultivaluedMap<String, String> sent = new MultivaluedHashMap<>();
  private final ClientModel client = fake(ClientModel.class, null);

  @Test
  void aRequestIsPushed() {
    SentRequest request =
        SentRequest.in(new PushedAuthorizationRequestContext(client, parsed, sent)).orElseThrow();

    assertThat(request).isEqualTo(new SentRequest(Step.PUSHED, client, parsed, null));
    assertThat(request.usesPushing()).isTrue();
  }

  @Test
  void aRequestThatWasPushedIsBroughtByReference() {
    sent.putSingle("request_uri", "urn:ietf:params:oauth:request_uri:a");

    SentRequest request = SentRequest.in(atAuthorizationEndpoint()).orElseThrow();

    assertThat(request).isEqualTo(new SentRequest(Step.BY_REFERENCE, client, parsed, REDIRECT_URI));
    assertThat(request.usesPushing()).isTrue();
  }

  @Test
  void anyOtherRequestIsBroughtByValue() {
    sent.putSingle("request", "e30.e30.c2ln");

    SentRequest request = SentRequest.in(atAuthorizationEndpoint()).orElseThrow();

    assertThat(request).isEqualTo(new SentRequest(Step.BY_VALUE, client, parsed, REDIRECT_URI));
    assertThat(request.usesPushing()).isFalse();
  }

  @Test
  void beforeItIsParsedThereIsNone() {
    assertThat(SentRequest.in(new PreAuthorizationRequestContext("client", sent))).isEmpty();
  }

  private AuthorizationRequestContext atAuthorizationEndpoint() {
    return new AuthorizationRequestContext(
        null, parsed, REDIRECT_URI, sent, fake(AuthenticationSessionModel.class, client));
  }

  /** Answers every question with one value. */
  private static <T> T fake(Class<T> type, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            SentRequestTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "toString" -> type.getSimpleName();
                  default -> answer;
                }));
  }
}
